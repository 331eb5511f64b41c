package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one run measured of each candidate, to be set beside what another run measured: absolute
/// numbers, and ratios between models that were paired within the run.
///
/// @param name what the run is called, such as its directory
/// @param taskTimes what its tasks took
/// @param numbers as natural logarithms, in the order of its plan
public record RunNumbers(
    String name, Run run, TaskTimes taskTimes, Map<Subject, Evidence> numbers) {

  /// What models are set against, the better one first. Threads keep as many CPUs busy as they do,
  /// and so cancel also how a machine shares caches, memory and its clock among CPUs; launches move
  /// such a ratio least. One thread without a pool cancels the machine's speed only.
  public static final List<Model> REFERENCES = List.of(Model.THREADS, Model.INLINE);

  public RunNumbers {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }

  /// What a number is of: the same in any run that has its cell and models.
  ///
  /// @param against the other model of a ratio; empty for an absolute number
  public record Subject(Aspect aspect, Cell cell, Model model, Optional<Model> against) {}

  /// What `run` measured in `trials`.
  public static RunNumbers of(String name, Run run, List<Trial> trials) {
    RunRecords records = RunRecords.of(run, trials);
    Map<Cell, Set<Model>> warmingUp = records.stillWarmingUp();
    Map<Subject, Evidence> numbers = new LinkedHashMap<>();
    for (Measurements metric : records.metrics()) {
      new Collector(metric, warmingUp, numbers).all(records.models());
    }
    NoiseFloor speed = NoiseFloor.of(records.metrics().getFirst());
    Footprints.startUps(records.done())
        .forEach((of, log) ->
            put(numbers, Aspect.START_UP, of, new Evidence(log, speed.halfWidth(of.cell()), true)));
    Footprints.loadedMemory(records.done())
        .forEach((of, log) -> put(numbers, Aspect.MEMORY, of, new Evidence(log, 0, true)));
    return new RunNumbers(name, run, records.taskTimes(), numbers);
  }

  private static void put(
      Map<Subject, Evidence> numbers, Aspect aspect, Footprints.Key of, Evidence evidence) {
    if (of.model().isCandidate() && Double.isFinite(evidence.log().value())) {
      numbers.put(new Subject(aspect, of.cell(), of.model(), Optional.empty()), evidence);
    }
  }

  /// Takes the numbers of one metric.
  private static final class Collector {

    private final Measurements metric;
    private final NoiseFloor floor;
    private final Map<Cell, Set<Model>> warmingUp;
    private final Map<Subject, Evidence> numbers;

    Collector(
        Measurements metric, Map<Cell, Set<Model>> warmingUp, Map<Subject, Evidence> numbers) {
      this.metric = metric;
      this.floor = NoiseFloor.of(metric);
      this.warmingUp = warmingUp;
      this.numbers = numbers;
    }

    void all(List<Model> models) {
      for (Model model : models.stream().filter(Model::isCandidate).sorted().toList()) {
        metric.of(model).forEach((cell, log) -> put(cell, log, model, Optional.empty()));
        for (Model against : REFERENCES) {
          if (against != model) {
            metric
                .ratio(model, against)
                .forEach((cell, log) -> put(cell, log, model, Optional.of(against)));
          }
        }
      }
    }

    private void put(Cell cell, StudentEstimate log, Model model, Optional<Model> against) {
      Set<Model> unsteady = warmingUp.getOrDefault(cell, Set.of());
      boolean steady = !unsteady.contains(model) && against.filter(unsteady::contains).isEmpty();
      numbers.put(
          new Subject(Aspect.of(metric.metric()), cell, model, against),
          new Evidence(log, floor.halfWidth(cell), steady));
    }
  }
}
