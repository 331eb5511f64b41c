package dev.forklab.reports.faults;

import dev.forklab.results.Fault;
import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.FaultRun;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a run of faults found.
///
/// @param cells those with at least one result
/// @param failures trials without a result
/// @param missing planned combinations of which no trial has ended
public record FaultFindings(
    FaultRun run, List<FaultCell> cells, List<FaultTrial> failures, int missing) {

  public FaultFindings {
    cells = List.copyOf(cells);
    failures = List.copyOf(failures);
  }

  public static FaultFindings of(FaultRun run, List<FaultTrial> trials) {
    List<FaultCell> cells = new ArrayList<>();
    int missing = 0;
    for (Way way : Way.values()) {
      for (Fault fault : Fault.values()) {
        for (Model model : Model.values()) {
          List<FaultTrial> found =
              trials.stream()
                  .filter(trial -> trial.failure() == null)
                  .filter(trial -> is(trial.planned(), fault, model, way))
                  .toList();
          if (!found.isEmpty()) {
            cells.add(new FaultCell(fault, model, way, found));
          } else if (run.plan().trials().stream().anyMatch(it -> is(it, fault, model, way))
              && trials.stream().noneMatch(it -> is(it.planned(), fault, model, way))) {
            missing++;
          }
        }
      }
    }
    return new FaultFindings(
        run, cells, trials.stream().filter(trial -> trial.failure() != null).toList(), missing);
  }

  private static boolean is(PlannedFault planned, Fault fault, Model model, Way way) {
    return planned.fault() == fault && planned.model() == model && planned.way() == way;
  }

  /// Faults with a result, in their usual order.
  public List<Fault> faults() {
    return Arrays.stream(Fault.values())
        .filter(fault -> cells.stream().anyMatch(cell -> cell.fault() == fault))
        .toList();
  }

  /// Models with a result, in their usual order.
  public List<Model> models() {
    return Arrays.stream(Model.values())
        .filter(model -> cells.stream().anyMatch(cell -> cell.model() == model))
        .toList();
  }

  public Optional<FaultCell> cell(Fault fault, Model model, Way way) {
    return cells.stream()
        .filter(cell -> cell.fault() == fault && cell.model() == model && cell.way() == way)
        .findFirst();
  }
}
