package dev.forklab.reports.analysis;

import dev.forklab.reports.cost.Explanation;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.TaskParts;
import dev.forklab.results.Trial;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the time of tasks goes, cell by cell, from the stretches after the slices of trials.
final class Explanations {

  private Explanations() {}

  static List<Explanation> of(List<Trial> done, List<CellResult> results) {
    Map<Cell, Map<Model, TaskParts>> byCell = new LinkedHashMap<>();
    for (Trial trial : done) {
      if (trial.failure() == null) {
        Map<Model, TaskParts> here =
            byCell.computeIfAbsent(trial.planned().cell(), _ -> new EnumMap<>(Model.class));
        trial.parts().stream()
            .filter(parts -> parts.tasks() > 0 && parts.nanos() > 0 && parts.cpuNanos() > 0)
            .forEach(parts -> here.merge(parts.model(), parts, TaskParts::plus));
      }
    }
    List<Explanation> explanations = new ArrayList<>();
    byCell.forEach((cell, parts) -> {
      TaskParts baseline = parts.get(Model.INLINE);
      if (baseline != null && cell.workers() == cell.cpus()) {
        parts.values().stream()
            .filter(of -> of.model().isCandidate())
            .map(of ->
                Explanation.of(cell, of, baseline, collectionShare(results, cell, of.model())))
            .forEach(explanations::add);
      }
    });
    return explanations;
  }

  private static double collectionShare(List<CellResult> results, Cell cell, Model model) {
    return results.stream()
        .filter(result -> result.cell().equals(cell) && result.model() == model)
        .flatMap(result -> result.effort().stream())
        .mapToDouble(CellResult.Effort::collectionShare)
        .findFirst()
        .orElse(-1);
  }
}
