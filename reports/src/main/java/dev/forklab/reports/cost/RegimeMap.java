package dev.forklab.reports.cost;

import dev.forklab.reports.cost.Prediction.Basis;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Optional;

/// Task time by message size: which candidate is fastest where, by how much, where it makes no
/// difference, and what isolation costs. With the base configuration's workers.
///
/// Cells that were measured stand as measured; the rest is predicted.
///
/// @param taskNanos the rows, from short to long
/// @param messageBytes the columns, from small to large
/// @param spots row by row
public record RegimeMap(List<Double> taskNanos, List<Double> messageBytes, List<Spot> spots) {

  /// Isolation that costs less than this share of throughput is nearly free.
  public static final double NEARLY_FREE = 0.05;

  /// Isolation that costs more than this share is expensive.
  public static final double EXPENSIVE = 0.1;

  public RegimeMap {
    taskNanos = List.copyOf(taskNanos);
    messageBytes = List.copyOf(messageBytes);
    spots = List.copyOf(spots);
  }

  /// The map of a run; empty where fewer than two candidates fit.
  public static Optional<RegimeMap> of(CostModel cost) {
    return new Regimes(cost).map();
  }

  /// The spot in a row and a column, from 0.
  public Spot spot(int row, int column) {
    return spots.get(row * messageBytes.size() + column);
  }

  /// The message sizes of which any task was measured.
  public List<Double> measuredBytes() {
    return spots.stream()
        .filter(Spot::measured)
        .map(spot -> spot.shape().messageBytes())
        .distinct()
        .toList();
  }

  /// One task time and message size.
  ///
  /// @param measured whether the numbers are a cell's own, rather than predicted
  /// @param best the fastest candidate, and after it those that cannot be told from it or are the
  ///   same within [Inference#SAME]
  /// @param lead the throughput of the fastest as a share of that of the fastest candidate that is
  ///   certainly slower; empty if there is none: it makes no difference
  /// @param isolation the throughput of the fastest candidate that isolates as a share of that of
  ///   the fastest that does not; empty unless there are both
  /// @param basis how far from what was measured the spot is
  public record Spot(
      TaskShape shape,
      boolean measured,
      List<Model> best,
      Optional<Lead> lead,
      Optional<Known> isolation,
      Basis basis) {

    public Spot {
      best = List.copyOf(best);
    }

    /// Whether isolation certainly costs less than [#NEARLY_FREE].
    public boolean isolationNearlyFree() {
      return isolation.isPresent() && isolation.get().low() > 1 - NEARLY_FREE;
    }

    /// Whether isolation certainly costs more than [#EXPENSIVE].
    public boolean isolationExpensive() {
      return isolation.isPresent() && isolation.get().high() < 1 - EXPENSIVE;
    }
  }

  /// By how much the fastest is ahead.
  ///
  /// @param of the fastest candidate that is certainly slower
  /// @param ratio above 1
  public record Lead(Model of, Known ratio) {}
}
