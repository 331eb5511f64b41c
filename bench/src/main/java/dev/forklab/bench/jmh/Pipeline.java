package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.TrialState.SliceEnd;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;

/// One model under a steady stream of tasks from one thread: each call of [#next] stands for a
/// fixed number of finished tasks ([#tasksPerCall]), unless the model counts and times its slices
/// itself.
sealed interface Pipeline permits InlinePipeline, WindowPipeline, PeerPipeline {

  /// Brings the stream to its steady state; called before the clock starts.
  void start() throws Exception;

  /// How many tasks end while [#start] brings the stream to its steady state.
  int beforehand();

  /// The reply of the last of the next tasks, and as many more begun.
  byte[] next() throws Exception;

  /// How many tasks the calls of a slice stand for; called after the clock has stopped.
  long operations(long calls) throws Exception;

  /// How many tasks have ended whose replies have not been received.
  default int ready() {
    return 0;
  }

  /// The slice's times, given those that the harness saw; called after the clock has stopped.
  default SliceEnd end(SliceEnd harness) throws Exception {
    return harness;
  }

  /// Lets what was begun finish, and says how many of the replies kept are wrong; called after the
  /// clock has stopped.
  int stop() throws Exception;

  /// How many tasks one call stands for: of a pool, one for each worker.
  ///
  /// Tasks of equal length keep the workers of a pool in step, so that replies come in bursts of
  /// one from each. A slice can end after any call: if that could be amid a burst, it would mostly
  /// be after the first reply of one, and the others, whose work lies in the slice, would not count
  /// (of 25 tasks on each of two workers, up to 2%). After as many replies as there are workers
  /// they stand where they stood before.
  static int tasksPerCall(Model model, Cell cell) {
    return switch (model.role()) {
      case BASELINE, CONTROL, PEER -> 1;
      case CANDIDATE, REFERENCE, INJECTED -> cell.workers();
    };
  }
}
