package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.TrialState.SliceEnd;
import dev.forklab.results.Model;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The models of a trial, one at a time, with their pools kept full by one thread: a slice is
/// [#start], calls of [#next], [#stop].
final class KeptFull {

  private final TrialState state;
  private final Map<Model, CountedPipeline> pipelines = new EnumMap<>(Model.class);
  private CountedPipeline current;

  KeptFull(TrialState state) {
    this.state = state;
    for (Model model : state.spec().planned().models()) {
      pipelines.put(model, CountedPipeline.of(state, model, state.messages()));
    }
    this.current = pipelines.values().iterator().next();
  }

  /// Picks the slice's model and brings its stream to its steady state.
  void start() throws Exception {
    current = Objects.requireNonNull(pipelines.get(state.upcoming()));
    state.sliceNears();
    current.start();
    state.sliceStarts();
  }

  /// The reply of the last of the next tasks.
  byte[] next() throws Exception {
    return current.next();
  }

  /// Ends the slice and has it observed.
  void stop() throws Exception {
    Pipeline pipeline = current.pipeline();
    SliceEnd end = pipeline.end(state.sliceStops());
    long received = current.received();
    state.observe(
        end.after(pipeline.beforehand(), received),
        current.ended(),
        received,
        current.stop(),
        null);
  }

  /// Warms all models up by slices like those that are measured.
  void warmUp() throws Exception {
    state.warmUp(() -> {
      start();
      current.keepFull(state.upcomingNanos());
      stop();
    });
  }
}
