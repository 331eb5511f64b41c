/// What the trials of a run of faults come to: for each fault, model and way what it cost, and the
/// words for it.
@NullMarked
package dev.forklab.reports.faults;

import org.jspecify.annotations.NullMarked;
