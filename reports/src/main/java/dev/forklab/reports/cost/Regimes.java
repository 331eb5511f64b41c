package dev.forklab.reports.cost;

import dev.forklab.reports.cost.CostData.Pair;
import dev.forklab.reports.cost.Prediction.Basis;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.cost.RegimeMap.Lead;
import dev.forklab.reports.cost.RegimeMap.Spot;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Draws up a [RegimeMap].
final class Regimes {

  private static final double KIBI = 1024;

  /// Rows go this far beyond the measured task times.
  private static final double SHORTER = 2;

  private static final double LONGER = 10;

  /// A row or column this near to a measured one, as a factor, is left to that.
  private static final double NEAR = 1.6;

  private final CostModel cost;
  private final List<Model> models;

  Regimes(CostModel cost) {
    this.cost = cost;
    this.models = cost.fitting().keySet().stream().sorted().toList();
  }

  /// The throughput of one model as a share of another's.
  private interface Ratio {
    Known of(Model model, Model against);
  }

  Optional<RegimeMap> map() {
    if (models.size() < 2) {
      return Optional.empty();
    }
    Map<Double, Long> rows = rows();
    Map<Double, Integer> columns = columns();
    List<Spot> spots = new ArrayList<>();
    rows.forEach((nanos, asked) ->
        columns.forEach(
            (bytes, size) -> spots.add(spot(new TaskShape(nanos, bytes), cell(asked, size)))));
    return Optional.of(
        new RegimeMap(List.copyOf(rows.keySet()), List.copyOf(columns.keySet()), spots));
  }

  private List<CostPoint> measured() {
    return cost.fitting().values().stream().flatMap(task -> task.points().stream()).toList();
  }

  private Optional<Cell> cell(long taskNanos, int messageBytes) {
    return measured().stream()
        .map(CostPoint::cell)
        .filter(cell -> cell.taskNanos() == taskNanos && cell.messageBytes() == messageBytes)
        .filter(cell -> models.stream().allMatch(model -> point(model, cell).isPresent()))
        .findFirst();
  }

  private Optional<CostPoint> point(Model model, Cell cell) {
    return Optional.ofNullable(cost.fitting().get(model)).stream()
        .flatMap(fitted -> fitted.points().stream())
        .filter(point -> point.cell().equals(cell))
        .findFirst();
  }

  /// Task times, each with the one asked for where it was measured, else 0.
  private Map<Double, Long> rows() {
    Map<Double, Long> rows = new TreeMap<>();
    for (CostPoint point : measured()) {
      if (!rows.containsValue(point.cell().taskNanos())) {
        rows.put(point.workNanos(), point.cell().taskNanos());
      }
    }
    double least = cost.range().leastNanos() / SHORTER;
    double most = cost.range().mostNanos() * LONGER;
    for (double decade = 1; decade <= most; decade *= 10) {
      for (double step : new double[] {1, 2, 5}) {
        double nanos = decade * step;
        if (nanos >= least && nanos <= most && far(nanos, rows.keySet().stream())) {
          rows.put(nanos, 0L);
        }
      }
    }
    return rows;
  }

  /// Message sizes, each with itself where it was measured, else 0.
  private Map<Double, Integer> columns() {
    Map<Double, Integer> columns = new TreeMap<>();
    measured()
        .forEach(point ->
            columns.put((double) point.cell().messageBytes(), point.cell().messageBytes()));
    for (double bytes = KIBI; bytes <= cost.range().mostBytes(); bytes *= 4) {
      if (far(bytes, columns.keySet().stream())) {
        columns.put(bytes, 0);
      }
    }
    return columns;
  }

  private static boolean far(double value, Stream<Double> taken) {
    return taken.allMatch(other -> Math.max(value / other, other / value) > NEAR);
  }

  private Spot spot(TaskShape shape, Optional<Cell> cell) {
    Predictions predictions = new Predictions(cost);
    return cell.isPresent()
        ? spot(shape, true, (model, against) -> measured(model, against, cell.get()))
        : spot(shape, false, (model, against) -> predictions.interval(model, against, shape));
  }

  /// Paired within rounds; from the two times against the baseline where no round holds both.
  private Known measured(Model model, Model against, Cell cell) {
    StudentEstimate paired =
        cost.data().logRatios().getOrDefault(new Pair(model, against), Map.of()).get(cell);
    if (paired != null) {
      return Known.ofLog(paired, Basis.WITHIN);
    }
    double apart =
        point(against, cell).orElseThrow().logTime().value()
            - point(model, cell).orElseThrow().logTime().value();
    return new Known(Math.exp(apart), 0, Double.POSITIVE_INFINITY, Basis.WITHIN);
  }

  private Spot spot(TaskShape shape, boolean measured, Ratio ratio) {
    Model fastest = fastest(ratio, model -> true).orElseThrow();
    List<Model> best = new ArrayList<>(List.of(fastest));
    models.stream()
        .filter(model -> model != fastest && !ratio.of(model, fastest).slower())
        .forEach(best::add);
    Optional<Lead> lead =
        fastest(ratio, model -> !best.contains(model))
            .map(next -> new Lead(next, ratio.of(fastest, next)));
    Optional<Known> isolation =
        fastest(ratio, Model::isolates)
            .flatMap(isolating ->
                fastest(ratio, model -> !model.isolates())
                    .map(sharing -> ratio.of(isolating, sharing)));
    return new Spot(
        shape,
        measured,
        best,
        lead,
        isolation,
        measured ? Basis.WITHIN : cost.range().basis(shape));
  }

  private Optional<Model> fastest(Ratio ratio, Predicate<Model> among) {
    List<Model> some = models.stream().filter(among).toList();
    return some.stream()
        .max(
            Comparator.comparingDouble(
                model -> model == some.getFirst() ? 1 : ratio.of(model, some.getFirst()).value()));
  }
}
