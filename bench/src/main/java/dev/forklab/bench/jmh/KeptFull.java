package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.TrialState.SliceEnd;
import dev.forklab.results.Model;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The models of a trial, one at a time, with their pools kept full by one thread: a slice is
/// [#start], calls of [#next], [#stop].
///
/// The thread that submits shares the CPUs with busy workers and so gets replies in bursts, some
/// milliseconds apart. What has ended and was not received yet is therefore counted at a slice's
/// first call and after its last one, within its clock: without that, slices were seen with more
/// tasks than their CPUs can do.
final class KeptFull {

  private final TrialState state;
  private final Map<Model, Pipeline> pipelines = new EnumMap<>(Model.class);
  private Pipeline pipeline;
  private long calls;
  private int readyAtStart;
  private int readyAtEnd;

  KeptFull(TrialState state) {
    this.state = state;
    for (Model model : state.spec().planned().models()) {
      pipelines.put(model, pipeline(model));
    }
    this.pipeline = pipelines.values().iterator().next();
  }

  private Pipeline pipeline(Model model) {
    TrialSpec spec = state.spec();
    return switch (model.role()) {
      case BASELINE, CONTROL -> new InlinePipeline(state.function(), state.messages());
      case CANDIDATE, REFERENCE, INJECTED ->
          new WindowPipeline(
              state.pool(model),
              state.messages(),
              spec.window(),
              Pipeline.tasksPerCall(model, spec.planned().cell()));
      case PEER -> new PeerPipeline(state.peer(model), spec.window(), state::upcomingNanos);
    };
  }

  /// Picks the slice's model and brings its stream to its steady state.
  void start() throws Exception {
    pipeline = Objects.requireNonNull(pipelines.get(state.upcoming()));
    state.sliceNears();
    pipeline.start();
    calls = 0;
    readyAtStart = 0;
    readyAtEnd = 0;
    state.sliceStarts();
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

  /// Ends the slice and has it observed.
  void stop() throws Exception {
    SliceEnd end = pipeline.end(state.sliceStops());
    long received = pipeline.operations(calls);
    long ended = received + readyAtEnd - readyAtStart;
    state.observe(
        end.after(pipeline.beforehand(), received), ended, received, pipeline.stop(), null);
  }

  /// Warms all models up by slices like those that are measured.
  void warmUp() throws Exception {
    state.warmUp(model -> {
      start();
      long end = System.nanoTime() + state.upcomingNanos();
      do {
        byte[] _ = next();
      } while (System.nanoTime() < end);
      stop();
    });
  }
}
