package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.chart.Sweep;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tables of what was measured in cells: a column for each model.
final class MeasurementTables {

  private final Analysis analysis;
  private final Sweep sweep;

  MeasurementTables(Analysis analysis) {
    this.analysis = analysis;
    this.sweep = new Sweep(analysis);
  }

  Table throughputByWorkers() {
    return overCells(
        "table-throughput-by-workers",
        "Tasks per second by number of workers" + constants(sweep.overWorkers()),
        sweep.overWorkers(),
        CellNames::workers,
        result -> result.throughput().map(Numbers::rate));
  }

  Table efficiencyByWorkers() {
    return overCells(
        "table-efficiency-by-workers",
        "Throughput as a share of ideal (the CPUs in use times inline)"
            + constants(sweep.overWorkers()),
        sweep.overWorkers(),
        CellNames::workers,
        result -> result.efficiency().map(Numbers::ratio));
  }

  Table cpuByWorkers() {
    return overCells(
        "table-cpu-by-workers",
        "CPU time of the whole process tree per task" + constants(sweep.overWorkers()),
        sweep.overWorkers(),
        CellNames::workers,
        result -> result.cpuNanosPerTask().map(Numbers::time));
  }

  Table throughputBySize() {
    return overCells(
        "table-throughput-by-size",
        "Tasks per second by message size" + workers(sweep.overSizes()),
        sweep.overSizes(),
        cell -> Quantity.size(cell.messageBytes()),
        result -> result.throughput().map(Numbers::rate));
  }

  Table latencyBySize() {
    return overCells(
        "table-latency-by-size",
        "Median latency by message size" + workers(sweep.overSizes()),
        sweep.overSizes(),
        cell -> Quantity.size(cell.messageBytes()),
        result -> result.latency().map(latency -> Numbers.time(latency.p50())));
  }

  /// Percentiles at the cell of the latency chart.
  Table latencyPercentiles() {
    Optional<Cell> cell = sweep.latencyFocus();
    List<Model> models =
        models(
            cell.map(List::of).orElse(List.of()),
            result -> result.latency().map(latency -> Quantity.count(latency.count())));
    List<List<Entry>> rows = new ArrayList<>();
    if (cell.isPresent()) {
      rows.add(percentile("p50", cell.get(), models, latency -> Numbers.time(latency.p50())));
      rows.add(percentile("p90", cell.get(), models, latency -> Numbers.time(latency.p90())));
      rows.add(percentile("p99", cell.get(), models, latency -> Numbers.time(latency.p99())));
      rows.add(percentile("p99.9", cell.get(), models, latency -> bare(latency.p999())));
      rows.add(percentile("max", cell.get(), models, latency -> bare(latency.max())));
      rows.add(percentile("tasks", cell.get(), models, l -> Quantity.count(l.count())));
    }
    String where = cell.map(this::described).orElse("");
    return new Table(
        "table-latency-percentiles",
        "Latency in a closed loop" + where,
        columns("percentile", models),
        rows);
  }

  /// Every number of every cell and model.
  Table everything() {
    List<List<Entry>> rows = new ArrayList<>();
    CellNames names = names(analysis.cells().stream().map(CellResult::cell).toList());
    for (CellResult result : analysis.cells()) {
      List<Entry> row = new ArrayList<>();
      row.add(Entry.of(names.name(result.cell())));
      row.add(Phrases.model(result.model()));
      row.add(number(result.throughput().map(Numbers::rate)));
      row.add(number(result.efficiency().map(Numbers::ratio)));
      row.add(number(result.cpuNanosPerTask().map(Numbers::time)));
      row.add(number(result.latency().map(latency -> Numbers.time(latency.p50()))));
      row.add(number(result.latency().map(latency -> Numbers.time(latency.p99()))));
      row.add(number(result.throughput().map(Estimate::samples).map(String::valueOf)));
      row.add(Entry.of(String.join("; ", result.flags())));
      rows.add(row);
    }
    return new Table(
        "table-everything",
        "Every cell and model; ± is half of the 95% interval" + Phrases.inBrackets(names.common()),
        Table.entries(
            "cell",
            "model",
            "throughput",
            "efficiency",
            "CPU per task",
            "p50",
            "p99",
            "trials",
            "notes"),
        rows);
  }

  private Table overCells(
      String id,
      String caption,
      List<Cell> cells,
      Function<Cell, String> name,
      Function<CellResult, Optional<String>> number) {
    List<Model> models = models(cells, number);
    List<List<Entry>> rows = new ArrayList<>();
    if (!models.isEmpty()) {
      for (Cell cell : cells) {
        rows.add(
            Table.row(
                Entry.of(name.apply(cell)),
                models.stream()
                    .map(model -> number(sweep.result(cell, model).flatMap(number)))
                    .toList()));
      }
    }
    return new Table(id, caption, columns("", models), rows);
  }

  private List<Entry> percentile(
      String name, Cell cell, List<Model> models, Function<Latency, String> number) {
    return Table.row(
        Entry.of(name),
        models.stream()
            .map(
                model -> number(sweep.result(cell, model).flatMap(CellResult::latency).map(number)))
            .toList());
  }

  /// The models that have this number in any of these cells, in the plan's order.
  private List<Model> models(List<Cell> cells, Function<CellResult, Optional<String>> number) {
    return analysis.run().plan().models().stream()
        .filter(model ->
            cells.stream().anyMatch(cell -> sweep.result(cell, model).flatMap(number).isPresent()))
        .toList();
  }

  private static List<Entry> columns(String first, List<Model> models) {
    return Table.row(Entry.of(first), models.stream().map(Phrases::model).toList());
  }

  private static Entry number(Optional<String> text) {
    return Entry.number(text.orElse(Quantity.NOT_MEASURED));
  }

  private static String bare(double nanos) {
    return nanos > 0 ? Quantity.time(nanos) : Quantity.NOT_MEASURED;
  }

  private String described(Cell cell) {
    return Phrases.inBrackets(CellNames.workers(cell) + ", " + names(List.of(cell)).common());
  }

  private String constants(List<Cell> cells) {
    return Phrases.inBrackets(names(cells).common());
  }

  private String workers(List<Cell> cells) {
    return cells.isEmpty()
        ? ""
        : Phrases.inBrackets(CellNames.workers(cells.getFirst()) + ", " + names(cells).common());
  }

  private CellNames names(List<Cell> cells) {
    return new CellNames(cells, analysis.taskTimes()::brief);
  }
}
