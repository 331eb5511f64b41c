/// Experiments beside the lab's own: contestants times measures, in mirrored rounds, in blocks; and
/// the ratios of what was measured, paired within rounds.
@NullMarked
package dev.forklab.bench.experiment;

import org.jspecify.annotations.NullMarked;
