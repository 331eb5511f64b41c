package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.cost.Explanation;
import dev.forklab.reports.cost.Explanation.Part;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Where the time of a task goes, a bar for each cell and model, each as long as its task takes.
///
/// @param groups a cell each
record TaskStack(Caption caption, List<Group> groups) implements Picture {

  TaskStack {
    groups = List.copyOf(groups);
  }

  /// The bars of one cell.
  record Group(String name, List<Bar> bars) {
    Group {
      bars = List.copyOf(bars);
    }
  }

  /// One model's time.
  ///
  /// @param nanos for which a worker is occupied with a task
  /// @param extra how much of it is not the work itself
  record Bar(Model model, double nanos, double extra, List<Piece> pieces) {
    Bar {
      pieces = List.copyOf(pieces);
    }
  }

  /// A part of it; of a difference that noise made negative, nothing is seen.
  record Piece(Part part, double nanos) {

    double seen() {
      return Math.max(0, nanos);
    }
  }

  /// Empty if messages were not timed.
  static Optional<TaskStack> of(Analysis analysis) {
    List<Explanation> all =
        analysis.cost().map(CostModel::data).map(data -> data.explanations()).orElse(List.of());
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Cell> cells = all.stream().map(Explanation::cell).distinct().toList();
    CellNames names = new CellNames(cells, analysis.taskTimes()::brief);
    List<Group> groups =
        cells.stream()
            .map(cell ->
                new Group(
                    names.name(cell),
                    all.stream().filter(it -> it.cell().equals(cell)).map(TaskStack::bar).toList()))
            .toList();
    return Optional.of(
        new TaskStack(
            new Caption(
                "task-time",
                title(analysis, all),
                "the time for which a worker is occupied with a task, there and back together"
                    + (names.common().isEmpty() ? "" : "; " + names.common()),
                "Each bar is a whole task; what messages take is measured on both sides."
                    + " A part that noise made negative is not drawn."),
            groups));
  }

  private static Bar bar(Explanation it) {
    List<Piece> pieces = new ArrayList<>();
    for (Part part : Part.values()) {
      Double nanos = it.nanos().get(part);
      if (nanos != null) {
        pieces.add(new Piece(part, nanos));
      }
    }
    return new Bar(it.model(), it.occupiedNanos(), it.extraNanos(), pieces);
  }

  /// Of the cell that the answer is about, or else the first.
  private static String title(Analysis analysis, List<Explanation> all) {
    Cell first = all.getFirst().cell();
    Cell cell =
        analysis
            .grid()
            .base()
            .filter(base -> all.stream().anyMatch(it -> it.cell().equals(base)))
            .orElse(first);
    return all.stream()
        .filter(it -> it.cell().equals(cell))
        .map(it -> it.model().id() + " " + time(it.extraNanos()))
        .collect(
            Collectors.joining(
                ", ",
                "Beyond the work itself, a task takes ",
                " (" + Quantity.size(cell.messageBytes()) + " messages)"));
  }

  static String time(double nanos) {
    return nanos < 0 ? "−" + Quantity.time(-nanos) : Quantity.time(nanos);
  }

  /// The parts that any bar has, in order.
  Set<Part> parts() {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    groups.forEach(group ->
        group.bars().forEach(bar -> bar.pieces().forEach(piece -> parts.add(piece.part()))));
    return parts;
  }

  /// The class of a part in SVG.
  static String style(Part part) {
    return "part-" + part.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Set<Caution> cautions() {
    return Set.of();
  }

  @Override
  public String svg(Rendering rendering) {
    return new TaskStackSvg(this, rendering).svg();
  }

  /// The longest task of a group, which its bars share as a scale.
  static double longest(Group group) {
    return group.bars().stream()
        .mapToDouble(
            bar -> Math.max(bar.nanos(), bar.pieces().stream().mapToDouble(Piece::seen).sum()))
        .max()
        .orElse(1);
  }

  /// How many rows it has, headings included.
  int rows() {
    return groups.stream().mapToInt(group -> group.bars().size() + 1).sum();
  }
}
