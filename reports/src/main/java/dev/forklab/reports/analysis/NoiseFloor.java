package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.Quantiles;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.TrialMean;
import dev.forklab.reports.stats.TwoLevel;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What the lab finds between the baseline and itself, in one metric.
///
/// @param cells the A/A control of each cell, as log ratios
/// @param pooled over all cells, each counted once
record NoiseFloor(Map<Cell, StudentEstimate> cells, Optional<StudentEstimate> pooled) {

  static NoiseFloor of(Measurements metric) {
    Map<Cell, StudentEstimate> cells = metric.ratio(Model.CONTROL, Model.INLINE);
    return new NoiseFloor(cells, pool(cells));
  }

  /// No verdict in `cell` may rest on an interval narrower than this: the half-width that the null
  /// control reaches, or a difference that the A/A control shows beyond its own noise, in this cell
  /// or over the whole run; whichever is largest.
  double halfWidth(Cell cell) {
    double bias =
        Stream.concat(pooled.stream(), Optional.ofNullable(cells.get(cell)).stream())
            .filter(StudentEstimate::hasError)
            .mapToDouble(found -> Math.abs(found.value()) - found.halfWidth(Estimates.ALPHA))
            .max()
            .orElse(0);
    return Math.max(bias, width(cell));
  }

  /// The half-width that the null control reaches in this cell, or would reach in the median cell
  /// with as many launches as this one has; whichever is larger. It tells nothing of any ratio.
  ///
  /// The median too, since a half-width from a few trials is itself a rough number, and one that is
  /// small by luck must not carry a verdict. With as many launches, since a cell that was launched
  /// more often than others is known better than they are.
  double width(Cell cell) {
    Optional<StudentEstimate> own =
        Optional.ofNullable(cells.get(cell)).filter(StudentEstimate::hasError);
    return Math.max(
        own.map(found -> found.halfWidth(Estimates.ALPHA)).orElse(0.0),
        own.flatMap(found -> typicalHalfWidth(found.samples()))
            .or(this::typicalHalfWidth)
            .orElse(0.0));
  }

  /// The half-width that the A/A control reaches in the median cell.
  Optional<Double> typicalHalfWidth() {
    return median(found -> found.halfWidth(Estimates.ALPHA));
  }

  /// The same, had every cell so many launches: half-widths fall with their square root.
  private Optional<Double> typicalHalfWidth(int launches) {
    return median(
        found -> found.halfWidth(Estimates.ALPHA) * Math.sqrt((double) found.samples() / launches));
  }

  private Optional<Double> median(ToDoubleFunction<StudentEstimate> width) {
    double[] widths =
        cells.values().stream().filter(StudentEstimate::hasError).mapToDouble(width).toArray();
    return widths.length == 0 ? Optional.empty() : Optional.of(Quantiles.median(widths));
  }

  /// The mean over cells, each an independent estimate of the same nothing; no spread between cells
  /// is believed beforehand, but what they show is counted.
  private static Optional<StudentEstimate> pool(Map<Cell, StudentEstimate> cells) {
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    List<TrialMean> means =
        cells.values().stream()
            .map(cell ->
                new TrialMean(
                    cell.value(),
                    cell.standardError() * cell.standardError(),
                    cell.degreesOfFreedom()))
            .toList();
    int trials = cells.values().stream().mapToInt(StudentEstimate::samples).sum();
    StudentEstimate mean = TwoLevel.estimate(List.of(means), new TwoLevel.Prior(0, 1)).getFirst();
    return Optional.of(
        new StudentEstimate(mean.value(), mean.standardError(), mean.degreesOfFreedom(), trials));
  }
}
