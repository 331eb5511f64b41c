package dev.forklab.bench.selftest;

import dev.forklab.bench.instrument.SpinnerProcess;
import dev.forklab.bench.run.RunListener;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A process that uses every CPU from the middle of each trial until its end.
///
/// It is stopped only after the trial has been judged: a child that is gone is counted as the lab's
/// own work.
final class Neighbor implements AutoCloseable {

  private static final long FOREVER_MILLIS = 3_600_000;

  private final int threads;
  private @Nullable SpinnerProcess spinner;

  Neighbor(int threads) {
    this.threads = threads;
  }

  /// Comes and goes with the trials that `listener` hears of.
  RunListener during(RunListener listener) {
    return new RunListener() {
      @Override
      public void started(PlannedTrial trial) {
        listener.started(trial);
      }

      @Override
      public void progress(PlannedTrial trial, int slicesDone, int slices) {
        if (2 * slicesDone >= slices) {
          come();
        }
        listener.progress(trial, slicesDone, slices);
      }

      @Override
      public void finished(Trial trial) {
        close();
        listener.finished(trial);
      }
    };
  }

  private synchronized void come() {
    if (spinner == null) {
      try {
        spinner = SpinnerProcess.start(threads);
        spinner.burn(FOREVER_MILLIS);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start the busy neighbor: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (spinner != null) {
      spinner.close();
      spinner = null;
    }
  }
}
