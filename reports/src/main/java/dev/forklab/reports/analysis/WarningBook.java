package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.results.Cell;
import dev.forklab.results.Warning;
import dev.forklab.results.Warning.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// Collects warnings and gives each kind once for all cells it touched, since the same words twenty
/// times are read by no one.
final class WarningBook {

  /// Beyond this many cells their number is said instead of their names.
  private static final int MOST_NAMED = 3;

  private final List<Cell> plan;
  private final TaskTimes taskTimes;
  private final Map<Kind, Map<String, SequencedSet<String>>> detailsByPlace =
      new EnumMap<>(Kind.class);
  private final Map<Kind, Map<Cell, SequencedSet<String>>> detailsByCell =
      new EnumMap<>(Kind.class);

  WarningBook(List<Cell> plan, TaskTimes taskTimes) {
    this.plan = plan;
    this.taskTimes = taskTimes;
  }

  /// A warning of `host` or `run`.
  void add(Kind kind, String detail, String place) {
    detailsByPlace
        .computeIfAbsent(kind, key -> new LinkedHashMap<>())
        .computeIfAbsent(place, key -> new LinkedHashSet<>())
        .add(detail);
  }

  /// A warning of a cell.
  void add(Kind kind, String detail, Cell cell) {
    detailsByCell
        .computeIfAbsent(kind, key -> new LinkedHashMap<>())
        .computeIfAbsent(cell, key -> new LinkedHashSet<>())
        .add(detail);
  }

  /// All of them, in the order of their kinds.
  List<PlacedWarning> placed() {
    List<PlacedWarning> placed = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      detailsByPlace
          .getOrDefault(kind, Map.of())
          .forEach((place, details) -> placed.add(placed(kind, details, place, List.of())));
      Map<Cell, SequencedSet<String>> cells = detailsByCell.getOrDefault(kind, Map.of());
      if (!cells.isEmpty()) {
        SequencedSet<String> details = new LinkedHashSet<>();
        cells.values().forEach(details::addAll);
        List<Cell> where = List.copyOf(cells.keySet());
        placed.add(placed(kind, details, places(where), where));
      }
    }
    return placed;
  }

  private static PlacedWarning placed(
      Kind kind, SequencedSet<String> details, String place, List<Cell> cells) {
    int more = details.size() - 1;
    String detail = details.getFirst() + (more > 0 ? "; and " + more + " more like it" : "");
    return new PlacedWarning(new Warning(kind, detail), place, cells);
  }

  private String places(List<Cell> cells) {
    if (cells.size() > 1 && cells.containsAll(plan)) {
      return "all cells";
    }
    List<String> named =
        cells.stream().limit(MOST_NAMED).map(cell -> Wording.cell(cell, taskTimes)).toList();
    int more = cells.size() - named.size();
    return String.join("; ", named) + (more > 0 ? "; and " + more + " more" : "");
  }
}
