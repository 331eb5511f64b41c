package dev.forklab.reports.cost;

import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How well a model of cost predicts what it has not seen: each cell is left out in turn and
/// predicted from the others. A cell about which the others would be refused an answer ([Range]) is
/// not predicted.
///
/// @param heldOut every prediction
/// @param winners of each cell that has a winner and was predicted
public record CostCheck(List<HeldOut> heldOut, List<Winner> winners) {

  /// The error of a useful model, in the median.
  public static final double AIM_ERROR = 0.1;

  /// The share of winners that a useful model names.
  public static final double AIM_WINNERS = 0.95;

  public CostCheck {
    heldOut = List.copyOf(heldOut);
    winners = List.copyOf(winners);
  }

  /// A cell that was left out of a model's fit.
  ///
  /// @param predicted nanoseconds that a worker is occupied with a task
  /// @param measured nanoseconds
  public record HeldOut(Model model, Cell cell, double predicted, double measured) {

    /// By how much the prediction is off, as a share of what was measured.
    public double error() {
      return predicted / measured - 1;
    }
  }

  /// A cell in which some candidate is certainly slower than the best.
  ///
  /// @param measured the best, and those that cannot be told from it
  /// @param predicted the best of the predictions
  public record Winner(Cell cell, List<Model> measured, Model predicted) {

    public Winner {
      measured = List.copyOf(measured);
    }

    /// Whether the prediction is right.
    public boolean right() {
      return measured.contains(predicted);
    }
  }

  static CostCheck of(CostData data, Map<Model, ModelCost> models) {
    return new HeldOutCells(data, models).check();
  }

  /// The median of the predictions' errors, as a share; empty if no cell could be predicted.
  public Optional<Double> medianError() {
    return heldOut.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Quantiles.median(
                heldOut.stream().mapToDouble(held -> Math.abs(held.error())).toArray()));
  }

  /// How many of [#winners] were named.
  public int rightWinners() {
    return (int) winners.stream().filter(Winner::right).count();
  }
}
