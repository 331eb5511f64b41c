package dev.forklab.bench.faults;

import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.FaultTrial;

/// Hears how a run of faults goes on.
public interface FaultListener {

  /// Services are rehearsed, so that they start faster and are warm sooner: some seconds for each
  /// model, once on a machine.
  void preparing();

  /// That failed: JVMs start without an archive, and are warm later.
  void unprepared(String reason);

  /// A trial begins.
  void started(PlannedFault planned);

  /// It has ended, and is on disk.
  void finished(FaultTrial trial);
}
