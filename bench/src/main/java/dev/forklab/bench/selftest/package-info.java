/// Measures what is known beforehand, and says whether the lab finds it.
///
/// A [dev.forklab.bench.selftest.Selftest] makes small real measurements, each in a run directory
/// of its own: of models that are the same or differ by a known share, of workloads whose calls,
/// CPU time, memory and latency are known, of a machine that is slowed on purpose. It judges them
/// by the reports' own analysis, and each judgment is a [dev.forklab.bench.selftest.Check].
///
/// Measuring and judging are apart: judgments are pure functions of the trials, so that a selftest
/// which was interrupted goes on where it was, and so that tests can hold the judges to account
/// with made-up trials.
@NullMarked
package dev.forklab.bench.selftest;

import org.jspecify.annotations.NullMarked;
