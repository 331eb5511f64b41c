/// One trial, run by JMH: benchmark classes, what they observe, and what becomes of it.
///
/// A trial is one JMH fork. Its JVM reads a [dev.forklab.bench.jmh.TrialSpec], opens the pools of
/// all models of a cell (idle ones are parked), and runs one JMH iteration per slice, each with the
/// next model of the trial's [dev.forklab.bench.plan.SliceOrder]. JMH forks, warms up, keeps the
/// clock and defeats dead-code elimination; what only the lab can know (CPU time of the process
/// tree, whether replies were right, memory) the trial's JVM leaves in a file of
/// [dev.forklab.bench.jmh.Observations] that [dev.forklab.bench.jmh.TrialRunner] joins with JMH's
/// own results.
@NullMarked
package dev.forklab.bench.jmh;

import org.jspecify.annotations.NullMarked;
