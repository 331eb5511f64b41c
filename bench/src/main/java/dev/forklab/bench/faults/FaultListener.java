package dev.forklab.bench.faults;

import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.FaultTrial;

/// Hears how a run of faults goes on.
public interface FaultListener {

  /// A trial begins.
  void started(PlannedFault planned);

  /// It has ended, and is on disk.
  void finished(FaultTrial trial);
}
