package dev.forklab.bench.run;

import dev.forklab.reports.results.Plan.PlannedTrial;
import dev.forklab.reports.results.Trial;

/// Hears how a run goes on. All calls come one after another, `progress` on a thread of the
/// harness.
public interface RunListener {

  /// A trial is about to be launched.
  void started(PlannedTrial trial);

  /// That many of its slices are done.
  void progress(PlannedTrial trial, int slicesDone, int slices);

  /// It has ended, and its result is on disk.
  void finished(Trial trial);
}
