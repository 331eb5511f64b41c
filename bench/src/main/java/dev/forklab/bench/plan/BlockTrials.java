package dev.forklab.bench.plan;

import dev.forklab.results.Cell;
import dev.forklab.results.Grid;
import dev.forklab.results.Grid.Factor;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;

/// What each block measures: time goes where a decision is.
///
/// | trials | in which blocks |
/// |---|---|
/// | throughput at the base configuration, twice; its closed-loop latency | every one |
/// | throughput of other cells | every one; oversubscribed cells, which show no scaling, every second |
/// | footprint at the base configuration | every one |
/// | throughput between the values asked for ([BetweenCells]) | every fourth, from the first |
/// | footprint of the rest, latency on a schedule | every fourth, from the first |
/// | closed-loop latency of the rest | every fourth, from the fourth |
/// | each model alone in its JVM, if asked for | every one |
///
/// Peers have their footprint measured with the fewest and the most workers, and stay out of
/// latency on a schedule: they submit their tasks themselves.
///
/// Why throughput gets most launches: the spread between launches is the part of its interval that
/// longer trials do not shrink, and memory and start-up, measured alone, repeat within a few
/// percent. A first look is one block, with latency at the base configuration only.
final class BlockTrials {

  private static final int EVERY_SECOND = 2;
  private static final int EVERY_FOURTH = 4;

  private final PlanRequest request;
  private final List<Cell> cells;
  private final List<Model> models;
  private final TrialModels trialModels;
  private final Cell base;
  private final List<Cell> sweep;

  BlockTrials(PlanRequest request, List<Cell> cells, List<Model> models) {
    this.request = request;
    this.cells = cells;
    this.models = models;
    Grid grid = new Grid(cells);
    this.trialModels = new TrialModels(grid, models, !quick());
    this.base = grid.base().orElseThrow();
    this.sweep = grid.along(Factor.WORKERS);
  }

  /// The trials of one block, in no particular order; their places and seeds are still to come.
  List<PlannedTrial> of(int block) {
    boolean second = block % EVERY_SECOND == 0;
    boolean fourth = block % EVERY_FOURTH == 0;
    List<PlannedTrial> trials = new ArrayList<>();
    trials.add(interleaved(block, TrialKind.THROUGHPUT, base));
    for (Cell cell : cells) {
      boolean between = BetweenCells.isBetween(cell, request);
      if (between ? fourth : second || !cell.oversubscribed()) {
        trials.add(interleaved(block, TrialKind.THROUGHPUT, cell));
      }
      if (cell.equals(base) || (!between && block % EVERY_FOURTH == EVERY_FOURTH - 1)) {
        trials.add(interleaved(block, TrialKind.LATENCY, cell));
      }
    }
    trials.addAll(footprints(block, fourth));
    trials.addAll(isolated(block));
    if (fourth && !quick()) {
      trials.add(openLoop(block));
    }
    return trials;
  }

  private boolean quick() {
    return request.depth() == PlanRequest.Depth.QUICK;
  }

  private List<PlannedTrial> footprints(int block, boolean whole) {
    List<Cell> all = quick() ? ends() : sweep;
    List<PlannedTrial> trials = new ArrayList<>();
    trials.add(trial(block, TrialKind.FOOTPRINT, sweep.getFirst(), List.of(Model.INLINE)));
    for (Model model : candidates()) {
      for (Cell cell : whole ? all : List.of(base)) {
        if (trialModels.takesPart(model, cell)) {
          trials.add(trial(block, TrialKind.FOOTPRINT, cell, List.of(model)));
        }
      }
    }
    if (whole) {
      for (Model peer : of(Model.Role.PEER)) {
        ends().forEach(cell -> trials.add(trial(block, TrialKind.FOOTPRINT, cell, List.of(peer))));
      }
    }
    return trials;
  }

  private List<Cell> ends() {
    return sweep.size() > 2 ? List.of(sweep.getFirst(), sweep.getLast()) : sweep;
  }

  private List<PlannedTrial> isolated(int block) {
    return request.isolate()
        ? candidates().stream()
            .map(model -> trial(block, TrialKind.ISOLATED, base, List.of(model)))
            .toList()
        : List.of();
  }

  private List<Model> candidates() {
    return of(Model.Role.CANDIDATE);
  }

  private List<Model> of(Model.Role role) {
    return models.stream().filter(model -> model.role() == role).toList();
  }

  /// Pools only: a caller who computes inline has no queue for tasks to arrive in.
  private PlannedTrial openLoop(int block) {
    List<Model> pools =
        models.stream()
            .filter(model ->
                model.role() == Model.Role.CANDIDATE || model.role() == Model.Role.REFERENCE)
            .toList();
    return trial(block, TrialKind.OPEN_LOOP, base, pools);
  }

  private PlannedTrial interleaved(int block, TrialKind kind, Cell cell) {
    return trial(block, kind, cell, trialModels.of(kind, cell));
  }

  private static PlannedTrial trial(int block, TrialKind kind, Cell cell, List<Model> models) {
    return new PlannedTrial(0, block, kind, cell, models, 0);
  }
}
