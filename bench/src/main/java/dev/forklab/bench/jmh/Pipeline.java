package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.TrialState.SliceEnd;

/// One model under a steady stream of tasks from one thread: each call of [#next] stands for one
/// finished task, unless the model counts and times its slices itself.
sealed interface Pipeline permits InlinePipeline, WindowPipeline, PeerPipeline {

  /// Brings the stream to its steady state; called before the clock starts.
  void start() throws Exception;

  /// How many tasks end while [#start] brings the stream to its steady state.
  int beforehand();

  /// The reply of the next task, and one more task begun.
  byte[] next() throws Exception;

  /// How many tasks the calls of a slice stand for; called after the clock has stopped.
  default long operations(long calls) throws Exception {
    return calls;
  }

  /// The slice's times, given those that the harness saw; called after the clock has stopped.
  default SliceEnd end(SliceEnd harness) throws Exception {
    return harness;
  }

  /// Lets what was begun finish, and says how many of the replies kept are wrong; called after the
  /// clock has stopped.
  int stop() throws Exception;
}
