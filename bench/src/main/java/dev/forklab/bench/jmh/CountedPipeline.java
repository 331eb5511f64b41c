package dev.forklab.bench.jmh;

import dev.forklab.results.Model;

/// A stream of tasks in which a slice counts what ended within its clock: [#start], calls of
/// [#next], then [#received] and [#ended], and [#stop].
///
/// The thread that submits shares the CPUs with busy workers and so gets replies in bursts, some
/// milliseconds apart. What has ended and was not received yet is therefore counted at a slice's
/// first call and after its last one, within its clock: without that, slices were seen with more
/// tasks than their CPUs can do.
final class CountedPipeline {

  private final Pipeline pipeline;
  private long calls;
  private int readyAtStart;
  private int readyAtEnd;

  CountedPipeline(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /// Of a model of this trial, as its role asks for.
  static CountedPipeline of(TrialState state, Model model, Messages messages) {
    TrialSpec spec = state.spec();
    return new CountedPipeline(
        switch (model.role()) {
          case BASELINE, CONTROL -> new InlinePipeline(state.function(), messages);
          case CANDIDATE, REFERENCE, INJECTED ->
              new WindowPipeline(
                  state.pool(model),
                  messages,
                  spec.window(),
                  Pipeline.tasksPerCall(model, spec.planned().cell()));
          case PEER -> new PeerPipeline(state.peer(model), spec.window(), state::upcomingNanos);
        });
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /// Brings the stream to its steady state; the slice's clock starts after it.
  void start() throws Exception {
    pipeline.start();
    calls = 0;
    readyAtStart = 0;
    readyAtEnd = 0;
  }

  /// The reply of the last of the next tasks.
  byte[] next() throws Exception {
    if (calls++ == 0) {
      readyAtStart = pipeline.ready();
    }
    byte[] reply = pipeline.next();
    readyAtEnd = pipeline.ready();
    return reply;
  }

  /// Calls [#next] until the given number of nanoseconds has passed, and at least once.
  void keepFull(long nanos) throws Exception {
    keepFull(nanos, Long.MAX_VALUE);
  }

  /// Calls [#next] until so many replies have been received or the nanoseconds have passed, and at
  /// least once.
  void keepFull(long nanos, long tasks) throws Exception {
    long end = System.nanoTime() + nanos;
    do {
      byte[] _ = next();
    } while (System.nanoTime() < end && received() < tasks);
  }

  /// Tasks whose replies were received in the slice; asked after its clock has stopped.
  long received() throws Exception {
    return pipeline.operations(calls);
  }

  /// Tasks that ended in the slice; asked after its clock has stopped.
  long ended() throws Exception {
    return received() + readyAtEnd - readyAtStart;
  }

  /// Lets what was begun finish.
  ///
  /// @return how many of the replies kept are wrong
  int stop() throws Exception {
    return pipeline.stop();
  }
}
