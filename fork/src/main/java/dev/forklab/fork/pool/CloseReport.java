package dev.forklab.fork.pool;

/// What became of the tasks that were in a pool when it was closed. A task that its owner cancelled
/// counts nowhere.
///
/// @param finished tasks that completed on their own after close was called, well or badly
/// @param lostRunning tasks stopped while they ran
/// @param lostQueued tasks that never began to run
/// @param stuckWorkers workers that could not be stopped and still run: threads whose kernel
///   ignores interruption; always 0 for processes, which can be killed
public record CloseReport(int finished, int lostRunning, int lostQueued, int stuckWorkers) {

  public CloseReport {
    if (finished < 0 || lostRunning < 0 || lostQueued < 0 || stuckWorkers < 0) {
      throw new IllegalArgumentException(
          "expected counts of 0 or more, found %s finished, %s and %s lost, %s stuck"
              .formatted(finished, lostRunning, lostQueued, stuckWorkers));
    }
  }

  /// The report of a pool all of whose workers were stopped.
  public CloseReport(int finished, int lostRunning, int lostQueued) {
    this(finished, lostRunning, lostQueued, 0);
  }

  /// Whether a task was lost.
  public boolean lostAny() {
    return lostRunning + lostQueued > 0;
  }

  /// One sentence for a log.
  public String describe() {
    String tasks =
        lostAny()
            ? "closed: %s finished, %s lost while running, %s lost before they ran"
                .formatted(finished, lostRunning, lostQueued)
            : "closed: %s finished, none lost".formatted(finished);
    return stuckWorkers == 0
        ? tasks
        : tasks
            + (stuckWorkers == 1
                ? "; 1 worker ignored the interrupt and still runs"
                : "; %s workers ignored the interrupt and still run".formatted(stuckWorkers));
  }
}
