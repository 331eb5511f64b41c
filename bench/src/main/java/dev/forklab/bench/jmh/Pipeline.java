package dev.forklab.bench.jmh;

/// One model under a steady stream of tasks from one thread: each call of [#next] stands for one
/// finished task.
sealed interface Pipeline permits InlinePipeline, WindowPipeline {

  /// Brings the stream to its steady state; called before the clock starts.
  void start() throws Exception;

  /// The reply of the next task, and one more task begun.
  byte[] next() throws Exception;

  /// Lets what was begun finish, and says how many of the replies kept are wrong; called after the
  /// clock has stopped.
  int stop() throws Exception;
}
