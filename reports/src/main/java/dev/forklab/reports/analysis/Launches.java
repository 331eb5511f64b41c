package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.TwoLevel.Prior;
import dev.forklab.results.Model;

/// What is believed of the spread between launches before a run has shown it.
///
/// Of ratios: two models of one JVM share its code, machine and minute, so a launch moves their
/// ratio little; processes of their own have their own code, heaps and places in memory. And the
/// more a model does beside the task, the more a launch can move. Of absolute numbers: the machine
/// itself is faster in one trial than in the next.
///
/// Each belief is worth two launches and so gives way at once to what a run of several blocks
/// shows. They were read off 28 launches of the lab on a cloud machine of two CPUs, rounds' own
/// noise taken off: forked processes against platform threads differed by 1.8%, virtual threads
/// against those by less than 1%; with 1 MiB, where 0.88 of a forked task is transport, by 7%.
final class Launches {

  private static final double WEIGHT = 2;
  private static final double SHARED = 0.005;
  private static final double OWN_PROCESSES = 0.015;

  /// Of what only one of two models does.
  private static final double DIFFERENCE = 0.05;

  static final Prior OF_ABSOLUTES = new Prior(0.05, WEIGHT);

  /// Processes that are started meet a page cache and a scheduler in whatever state they are.
  static final Prior OF_START_UPS = new Prior(0.1, WEIGHT);

  /// Of the memory of a process tree, in which launches differ by a few thousandths.
  static final Prior OF_MEMORY = new Prior(0.01, WEIGHT);

  private Launches() {}

  /// Of ratios of throughput and of CPU time.
  static Prior ofRatios(Model model, Model against) {
    boolean shared = model.inProcess() && against.inProcess();
    return new Prior(shared ? SHARED : OWN_PROCESSES, DIFFERENCE, WEIGHT);
  }

  /// Of ratios of percentiles of latency, of which one wake-up is a larger part.
  static Prior ofLatencyRatios(Model model, Model against) {
    Prior ratios = ofRatios(model, against);
    return new Prior(Math.max(0.01, ratios.standardDeviation()), DIFFERENCE, WEIGHT);
  }
}
