package dev.forklab.bench.selftest;

import dev.forklab.bench.run.RunListener;
import dev.forklab.results.Plan;
import java.time.Duration;
import java.util.Set;

/// Hears how a selftest goes on.
public interface SelftestListener {

  /// A step begins.
  ///
  /// @param left how long this and all later steps are expected to take
  void begins(Step step, Duration left);

  /// A measurement of it begins.
  ///
  /// @param done the trials that need not be run again
  /// @return what hears of its trials
  RunListener measuring(Plan plan, Set<Integer> done);

  /// That measurement has ended.
  void measured();

  /// Something was judged.
  void judged(Check check);
}
