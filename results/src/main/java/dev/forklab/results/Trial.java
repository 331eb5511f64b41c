package dev.forklab.results;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One trial as it was measured: one line of `trials.jsonl`.
///
/// @param schema version of this line's format
/// @param planned which trial of the plan it is
/// @param startedEpochMillis when it began
/// @param durationNanos how long it took, launch of the JVM included
/// @param slices every slice in the order it ran, warm-up included; empty for footprint trials
/// @param openLoop each stretch under scheduled arrivals; open-loop trials only
/// @param startUps each start of the pool; footprint trials only
/// @param memory each memory sample; footprint trials only
/// @param jvms what the JVMs reported of themselves
/// @param before the machine's totals before it
/// @param after the machine's totals after it
/// @param warnings what may have disturbed it
/// @param warmUps how each of its models was warmed up; empty where nothing is, and in a run
///   measured before that was recorded
/// @param parts where the time of its tasks went; empty where that was not asked, and in a run
///   measured before it was
/// @param failure why it has no results, or null if it has
public record Trial(
    int schema,
    Plan.PlannedTrial planned,
    long startedEpochMillis,
    long durationNanos,
    List<Slice> slices,
    List<OpenLoop> openLoop,
    List<StartUp> startUps,
    List<MemorySample> memory,
    List<JvmFacts> jvms,
    HostCounters before,
    HostCounters after,
    List<Warning> warnings,
    @Nullable List<WarmUp> warmUps,
    @Nullable List<TaskParts> parts,
    @Nullable String failure) {

  /// A trial that does not say where the time of its tasks went.
  public Trial(
      int schema,
      Plan.PlannedTrial planned,
      long startedEpochMillis,
      long durationNanos,
      List<Slice> slices,
      List<OpenLoop> openLoop,
      List<StartUp> startUps,
      List<MemorySample> memory,
      List<JvmFacts> jvms,
      HostCounters before,
      HostCounters after,
      List<Warning> warnings,
      @Nullable List<WarmUp> warmUps,
      @Nullable String failure) {
    this(
        schema,
        planned,
        startedEpochMillis,
        durationNanos,
        slices,
        openLoop,
        startUps,
        memory,
        jvms,
        before,
        after,
        warnings,
        warmUps,
        List.of(),
        failure);
  }

  public Trial {
    slices = List.copyOf(slices);
    openLoop = List.copyOf(openLoop);
    startUps = List.copyOf(startUps);
    memory = List.copyOf(memory);
    jvms = List.copyOf(jvms);
    warnings = List.copyOf(warnings);
    warmUps = warmUps == null ? List.of() : List.copyOf(warmUps);
    parts = parts == null ? List.of() : List.copyOf(parts);
  }

  /// Never null, whatever was read.
  @Override
  public List<WarmUp> warmUps() {
    return warmUps == null ? List.of() : warmUps;
  }

  /// Never null, whatever was read.
  @Override
  public List<TaskParts> parts() {
    return parts == null ? List.of() : parts;
  }

  /// The last record of each trial, in the plan's order: one that failed and was run again counts
  /// once.
  public static List<Trial> latest(List<Trial> records) {
    Map<Integer, Trial> byIndex = new TreeMap<>();
    records.forEach(trial -> byIndex.put(trial.planned().index(), trial));
    return List.copyOf(byIndex.values());
  }
}
