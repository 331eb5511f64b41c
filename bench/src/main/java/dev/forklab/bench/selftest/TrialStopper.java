package dev.forklab.bench.selftest;

import dev.forklab.bench.run.RunListener;
import dev.forklab.bench.runtime.SignalCommand;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Trial;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Stops all processes of a trial, [#STOPS] times for [#MILLIS] each: one stop may hit the moment
/// between two slices, where it hurts nothing.
final class TrialStopper implements RunListener {

  private static final long MILLIS = 700;
  private static final int STOPS = 3;

  private final RunListener listener;
  private int stops;

  private TrialStopper(RunListener listener) {
    this.listener = listener;
  }

  /// Stops the trials that `listener` hears of.
  static RunListener during(RunListener listener) {
    return new TrialStopper(listener);
  }

  @Override
  public void started(PlannedTrial trial) {
    stops = 0;
    listener.started(trial);
  }

  @Override
  public void progress(PlannedTrial trial, int slicesDone, int slices) {
    if (stops < STOPS && (STOPS + 1) * slicesDone >= (stops + 1) * slices) {
      stops++;
      List<Long> pids = ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
      SignalCommand.send("STOP", pids);
      pause();
      SignalCommand.send("CONT", pids);
    }
    listener.progress(trial, slicesDone, slices);
  }

  @Override
  public void finished(Trial trial) {
    listener.finished(trial);
  }

  /// The length of the standstill is the point: there is nothing to wait for.
  private static void pause() {
    try {
      boolean _ = new CountDownLatch(1).await(MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
