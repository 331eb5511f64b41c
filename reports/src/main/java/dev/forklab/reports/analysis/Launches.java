package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.TwoLevel.Prior;

/// What is believed of the spread between launches before a run has shown it.
///
/// Of ratios: two models share their trial's JVM, machine and minute, so a launch moves their ratio
/// little; but each has its own compiled code and, for `fork`, its own processes, and the more its
/// time is other than the task, the more a launch can move. Of absolute numbers: the machine itself
/// is faster in one trial than in the next.
///
/// Each belief is worth two launches and so gives way at once to what a run of several blocks
/// shows.
final class Launches {

  /// Launches of `fork` at 1 MiB, where 0.88 of its time is transport, differed by 4 to 8%.
  private static final double DIFFERENCE = 0.05;

  static final Prior OF_RATIOS = new Prior(0.005, DIFFERENCE, 2);
  static final Prior OF_ABSOLUTES = new Prior(0.05, 2);
  static final Prior OF_LATENCY_RATIOS = new Prior(0.01, DIFFERENCE, 2);

  /// Processes that are started meet a page cache and a scheduler in whatever state they are.
  static final Prior OF_START_UPS = new Prior(0.1, 2);

  private Launches() {}
}
