package dev.forklab.bench.run;

import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Trial;
import java.time.Duration;

/// Hears how a run goes on. All calls come one after another, `progress` on a thread of the
/// harness.
public interface RunListener {

  /// Forked workers are rehearsed, so that they start faster and are warm sooner: some seconds,
  /// once on a machine.
  default void preparing() {}

  /// That failed: JVMs start without an archive, and are warm later.
  default void unprepared(String reason) {}

  /// All that comes before the first trial is done.
  ///
  /// @param took since the run began, in its first session
  default void prepared(Duration took) {}

  /// A trial is about to be launched.
  void started(PlannedTrial trial);

  /// It was off its plan and is launched once more.
  default void startedAnew(PlannedTrial trial, String reason) {}

  /// That many of its slices are done.
  void progress(PlannedTrial trial, int slicesDone, int slices);

  /// It has ended, and its result is on disk.
  void finished(Trial trial);
}
