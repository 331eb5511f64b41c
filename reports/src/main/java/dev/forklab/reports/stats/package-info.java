/// Pure numerics on arrays: robust means, two-level intervals, false-coverage control, and tests
/// for what can spoil a series of measurements.
///
/// Nothing here knows of models, cells or files. Numbers that are compared as ratios come in as
/// natural logarithms, so a difference of 0.01 is a ratio of 1.01. No function changes its
/// argument; none throws for too few values: each says in its documentation what it gives then.
@NullMarked
package dev.forklab.reports.stats;

import org.jspecify.annotations.NullMarked;
