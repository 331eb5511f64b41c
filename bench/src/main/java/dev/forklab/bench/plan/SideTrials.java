package dev.forklab.bench.plan;

import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.Plan.PlannedTrial;
import dev.forklab.reports.results.TrialKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a block measures beside throughput and closed-loop latency of every cell: the footprint of
/// each candidate with each number of workers, of each peer with the fewest and the most, and of
/// the baseline once; and latency under scheduled arrivals at the centre, where peers stay out:
/// they submit their tasks themselves.
final class SideTrials {

  private SideTrials() {}

  static List<PlannedTrial> of(List<Cell> cells, List<Model> models, PlanRequest.Depth depth) {
    List<Cell> sweep = sweep(cells);
    List<PlannedTrial> trials = new ArrayList<>(footprints(sweep, models, depth));
    if (depth == PlanRequest.Depth.DEFAULT) {
      trials.add(openLoop(sweep, models));
    }
    return trials;
  }

  /// The cells that differ in nothing but workers, fewest first.
  private static List<Cell> sweep(List<Cell> cells) {
    Cell first = cells.getFirst();
    return cells.stream()
        .filter(cell -> cell.messageBytes() == first.messageBytes())
        .filter(cell -> cell.taskNanos() == first.taskNanos())
        .filter(cell -> cell.codec().equals(first.codec()))
        .sorted(Comparator.comparingInt(Cell::workers))
        .toList();
  }

  private static List<PlannedTrial> footprints(
      List<Cell> sweep, List<Model> models, PlanRequest.Depth depth) {
    List<Cell> cells = depth == PlanRequest.Depth.QUICK ? ends(sweep) : sweep;
    List<PlannedTrial> trials = new ArrayList<>();
    trials.add(side(TrialKind.FOOTPRINT, sweep.getFirst(), List.of(Model.INLINE)));
    for (Model model : models) {
      if (model.role() == Model.Role.CANDIDATE) {
        cells.forEach(cell -> trials.add(side(TrialKind.FOOTPRINT, cell, List.of(model))));
      } else if (model.role() == Model.Role.PEER) {
        ends(sweep).forEach(cell -> trials.add(side(TrialKind.FOOTPRINT, cell, List.of(model))));
      }
    }
    return trials;
  }

  private static List<Cell> ends(List<Cell> sweep) {
    return sweep.size() > 2 ? List.of(sweep.getFirst(), sweep.getLast()) : sweep;
  }

  /// Pools only: a caller who computes inline has no queue for tasks to arrive in.
  private static PlannedTrial openLoop(List<Cell> sweep, List<Model> models) {
    Cell centre =
        sweep.stream()
            .filter(cell -> !cell.oversubscribed())
            .max(Comparator.comparingInt(Cell::workers))
            .orElse(sweep.getFirst());
    List<Model> pools =
        models.stream()
            .filter(model ->
                model.role() == Model.Role.CANDIDATE || model.role() == Model.Role.REFERENCE)
            .toList();
    return side(TrialKind.OPEN_LOOP, centre, pools);
  }

  private static PlannedTrial side(TrialKind kind, Cell cell, List<Model> models) {
    return new PlannedTrial(0, 0, kind, cell, models, 0);
  }
}
