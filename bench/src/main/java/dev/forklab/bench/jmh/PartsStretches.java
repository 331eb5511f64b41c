package dev.forklab.bench.jmh;

import dev.forklab.bench.host.CpuClock;
import dev.forklab.bench.plan.PartsTiming;
import dev.forklab.results.Model;
import dev.forklab.results.TaskParts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps each model's pool full once more, with its messages timed, to see where a task's time
/// goes. See [PartsTiming].
final class PartsStretches {

  private final TrialState state;
  private final CpuClock cpu;

  /// @param cpu of all processes of the trial
  PartsStretches(TrialState state, CpuClock cpu) {
    this.state = state;
    this.cpu = cpu;
  }

  List<TaskParts> measure() throws Exception {
    Map<Model, TaskParts> parts = new EnumMap<>(Model.class);
    for (Model model : PartsTiming.of(state.spec().planned()).models()) {
      parts.merge(model, stretch(model), TaskParts::plus);
    }
    return new ArrayList<>(parts.values());
  }

  private TaskParts stretch(Model model) throws Exception {
    OpenModel pool = state.pool(model);
    CountedPipeline pipeline = CountedPipeline.of(state, model, state.messages());
    var _ = pool.messageWork(); // Timed from now on.
    pipeline.start();
    pipeline.keepFull(PartsTiming.BEFORE_NANOS);
    Reading before = Reading.of(pool, pipeline, cpu);
    pipeline.keepFull(PartsTiming.NANOS);
    Reading after = Reading.of(pool, pipeline, cpu);
    int wrong = pipeline.stop();
    if (wrong > 0) {
      throw new IllegalStateException("expected right replies, found " + wrong + " wrong ones");
    }
    return after.since(before, model);
  }

  /// Everything that grows, at one moment.
  private record Reading(
      long tasks, long nanos, long cpuNanos, OpenModel.@Nullable MessageParts messages) {

    static Reading of(OpenModel pool, CountedPipeline pipeline, CpuClock cpu) throws Exception {
      OpenModel.MessageParts messages = pool.messageWork().orElse(null);
      return new Reading(pipeline.ended(), System.nanoTime(), cpu.nanos(), messages);
    }

    TaskParts since(Reading before, Model model) {
      OpenModel.MessageParts then = before.messages;
      OpenModel.MessageParts now = messages;
      return new TaskParts(
          model,
          tasks - before.tasks,
          nanos - before.nanos,
          cpuNanos - before.cpuNanos,
          then == null || now == null ? null : now.sender().minus(then.sender()),
          then == null || now == null ? null : now.workers().minus(then.workers()));
    }
  }
}
