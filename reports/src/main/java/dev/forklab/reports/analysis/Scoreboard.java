package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The models of one cell side by side, a row each: what the first screen of the page and the end
/// of a run show. The best comes first, then the others by throughput.
///
/// @param cell the one that the answer speaks of
/// @param best the model that the others are shares of: the one with the highest throughput of
///   those that none is known to be faster than
/// @param rows candidates and peers of which anything was measured in the cell
public record Scoreboard(Cell cell, Model best, List<Row> rows) {

  /// One model. A number that was not measured is empty.
  ///
  /// @param throughput tasks per second
  /// @param againstBest its throughput compared with the best's, paired within rounds, with the
  ///   interval that the verdict was read from; empty for the best itself, and for a model that was
  ///   not compared with it
  /// @param p50 nanoseconds in the closed loop
  /// @param p99 the same for 99 of 100 tasks
  /// @param cpuNanosPerTask CPU time of the whole process tree
  /// @param memory bytes of the whole process tree under load, or idle where only that was
  ///   measured, with as many workers as the cell has
  /// @param startUp nanoseconds until every worker has replied, with the same number of workers
  public record Row(
      Model model,
      Optional<Estimate> throughput,
      Optional<Finding> againstBest,
      Optional<Estimate> p50,
      Optional<Estimate> p99,
      Optional<Estimate> cpuNanosPerTask,
      Optional<Estimate> memory,
      Optional<Estimate> startUp) {

    /// Its throughput as a share of the best's, where that may be shown.
    public Optional<Estimate> share() {
      return againstBest.filter(found -> found.verdict() != Verdict.UNMEASURED).map(Finding::ratio);
    }
  }

  /// The ends of a scale are multiples of this.
  private static final double STEP = 0.05;

  /// The scale on which shares of the best are drawn, the same in all rows.
  public record Scale(double low, double high) {

    /// Where a share stands: 0 at the lower end, 1 at the upper.
    public double place(double share) {
      return Math.clamp((share - low) / (high - low), 0, 1);
    }
  }

  /// The narrowest scale that holds all intervals; empty if no model was compared with the best.
  public Optional<Scale> scale() {
    List<Estimate> shares = rows.stream().flatMap(row -> row.share().stream()).toList();
    if (shares.isEmpty()) {
      return Optional.empty();
    }
    double low = shares.stream().mapToDouble(Estimate::low).min().orElse(1);
    double high = shares.stream().mapToDouble(Estimate::high).max().orElse(1);
    return Optional.of(
        new Scale(
            STEP * Math.floor(Math.min(low, 1 - STEP) / STEP + 1e-9),
            STEP * Math.ceil(Math.max(high, 1 + STEP) / STEP - 1e-9)));
  }

  public Scoreboard {
    rows = List.copyOf(rows);
  }

  /// Empty if no cell has a throughput of a candidate.
  static Optional<Scoreboard> of(Facts facts) {
    return facts.mainCell().flatMap(cell -> best(facts, cell).map(best -> of(facts, cell, best)));
  }

  private static Scoreboard of(Facts facts, Cell cell, Model best) {
    List<Row> rows =
        Arrays.stream(Model.values())
            .filter(model -> model.isCandidate() || model.role() == Role.PEER)
            .flatMap(model -> facts.result(cell, model).stream())
            .map(result -> row(facts, result, best))
            .sorted(
                Comparator.comparingInt((Row row) -> row.model() == best ? 0 : 1)
                    .thenComparingDouble(row -> -row.throughput().map(Estimate::value).orElse(0.0)))
            .toList();
    return new Scoreboard(cell, best, rows);
  }

  private static Optional<Model> best(Facts facts, Cell cell) {
    Standing standing = Standing.of(facts, cell);
    return standing
        .leader(standing.all())
        .or(() ->
            facts.cells().stream()
                .filter(found -> found.cell().equals(cell) && found.model().isCandidate())
                .filter(found -> found.throughput().isPresent())
                .max(
                    Comparator.comparingDouble(
                        found -> found.throughput().map(Estimate::value).orElse(0.0)))
                .map(CellResult::model));
  }

  private static Row row(Facts facts, CellResult result, Model best) {
    Cell cell = result.cell();
    Optional<Footprint> footprint =
        facts
            .footprint(cell, result.model())
            .filter(found -> found.cell().workers() == cell.workers());
    return new Row(
        result.model(),
        result.throughput(),
        facts.finding(Metric.THROUGHPUT, cell, result.model(), best),
        result.latency().map(Latency::p50),
        result.latency().map(Latency::p99),
        result.cpuNanosPerTask(),
        footprint.flatMap(Facts::memory),
        footprint.flatMap(Facts::start));
  }
}
