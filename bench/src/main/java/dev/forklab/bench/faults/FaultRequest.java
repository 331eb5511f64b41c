package dev.forklab.bench.faults;

import dev.forklab.results.Fault;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.WorkloadJar;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// What a run of faults is asked for.
///
/// @param models candidates
/// @param repetitions how often each fault is tried with each model in each way, if there is time
/// @param time after which no trial begins
/// @param task about how long a task is to take
/// @param workers of each service
public record FaultRequest(
    List<Fault> faults,
    List<Model> models,
    int repetitions,
    Duration time,
    String workload,
    List<WorkloadJar> workloadJars,
    Duration task,
    int workers,
    long seed) {

  /// What a quick run looks at: the four that everybody knows.
  public static final List<Fault> QUICK =
      List.of(Fault.EXCEPTION, Fault.EXIT, Fault.OOM, Fault.LOOP);

  /// All that do something.
  public static final List<Fault> ALL =
      Arrays.stream(Fault.values()).filter(fault -> fault != Fault.NONE).toList();

  public FaultRequest {
    faults = List.copyOf(faults);
    models = List.copyOf(models);
    workloadJars = List.copyOf(workloadJars);
  }

  /// Models that can be asked for.
  public static List<Model> candidates() {
    return Arrays.stream(Model.values()).filter(Model::isCandidate).toList();
  }

  /// Those that are asked for by default: of models that differ in their codec alone, one.
  public static List<Model> usualModels() {
    List<Model> all = candidates();
    return all.stream().filter(model -> all.stream().noneMatch(model::isOtherCodecOf)).toList();
  }
}
