package dev.forklab.bench.jmh;

import dev.forklab.results.JvmFacts;
import dev.forklab.results.MemorySample;
import dev.forklab.results.Model;
import dev.forklab.results.OpenLoop;
import dev.forklab.results.Slice.Conditions;
import dev.forklab.results.Slice.Effort;
import dev.forklab.results.StartUp;
import dev.forklab.results.TaskParts;
import dev.forklab.results.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a trial's JVM saw that JMH does not report, handed over as a file at the trial's end.
///
/// @param warmUps how each model was warmed up
/// @param warmUpSlices the slices of that, in order
/// @param slices one for each JMH iteration, in order
record Observations(
    List<WarmUp> warmUps,
    List<SliceObservation> warmUpSlices,
    List<SliceObservation> slices,
    List<OpenLoop> openLoop,
    List<StartUp> startUps,
    List<MemorySample> memory,
    List<JvmFacts> jvms,
    List<TaskParts> parts) {

  private static final JsonMapper JSON = JsonMapper.shared();

  Observations {
    warmUps = List.copyOf(warmUps);
    warmUpSlices = List.copyOf(warmUpSlices);
    slices = List.copyOf(slices);
    openLoop = List.copyOf(openLoop);
    startUps = List.copyOf(startUps);
    memory = List.copyOf(memory);
    jvms = List.copyOf(jvms);
    parts = List.copyOf(parts);
  }

  /// Of a trial that does not say where a task's time goes.
  Observations(
      List<WarmUp> warmUps,
      List<SliceObservation> warmUpSlices,
      List<SliceObservation> slices,
      List<OpenLoop> openLoop,
      List<StartUp> startUps,
      List<MemorySample> memory,
      List<JvmFacts> jvms) {
    this(warmUps, warmUpSlices, slices, openLoop, startUps, memory, jvms, List.of());
  }

  /// One slice, seen from inside.
  ///
  /// @param model which model ran
  /// @param operations tasks that ended in it
  /// @param received tasks whose replies were received, counted by the lab; JMH counts the calls
  /// @param nanos from the end of the slice's set-up to the start of its tear-down
  /// @param cpuNanos CPU time of the process tree in that time, -1 where it is not known
  /// @param wrongReplies replies found wrong after the clock had stopped
  /// @param effort what it cost beside CPU time, if that is known
  /// @param latency of its tasks, as an encoded histogram, if the model timed them itself
  /// @param conditions what it ran under
  record SliceObservation(
      Model model,
      long operations,
      long received,
      long nanos,
      long cpuNanos,
      int wrongReplies,
      @Nullable Effort effort,
      @Nullable String latency,
      @Nullable Conditions conditions) {}

  static Observations read(Path file) {
    return JSON.readValue(file, Observations.class);
  }

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(this));
  }
}
