package dev.forklab.reports.cost;

import dev.forklab.reports.cost.Prediction.Basis;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.cost.Prediction.Refused;
import dev.forklab.results.Model;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/// From which task time on a model reaches a share of another's throughput.
///
/// @param taskNanos the task time; 0 says that it always does, as far as tasks may be asked about
///   ([Range]), and an infinite one that it never does
public record Crossover(
    Model model, Model against, double share, double messageBytes, Prediction taskNanos) {

  private static final int STEPS = 60;

  static Crossover of(
      CostModel cost, Model model, Model against, double share, double messageBytes) {
    return new Crossover(
        model, against, share, messageBytes, find(cost, model, against, share, messageBytes));
  }

  private static Prediction find(
      CostModel cost, Model model, Model against, double share, double messageBytes) {
    int workers = cost.base().workers();
    Range range = cost.range();
    // Refused for one task time is refused for all but where the interval is too wide.
    Prediction longest =
        cost.taskNanos(model, new TaskShape(range.mostNanos(), messageBytes), workers);
    Prediction other =
        cost.taskNanos(against, new TaskShape(range.mostNanos(), messageBytes), workers);
    if (longest instanceof Refused refused) {
      return refused;
    }
    if (other instanceof Refused refused) {
      return refused;
    }
    Predictions predictions = new Predictions(cost);
    DoubleFunction<Known> ratio =
        nanos -> predictions.interval(model, against, new TaskShape(nanos, messageBytes));
    double value = first(range, share, nanos -> ratio.apply(nanos).value());
    double low = first(range, share, nanos -> ratio.apply(nanos).high());
    double high = first(range, share, nanos -> ratio.apply(nanos).low());
    boolean within = value >= range.leastNanos() && value <= range.mostNanos();
    return new Known(
        value, Math.min(low, value), Math.max(high, value), within ? Basis.WITHIN : Basis.BEYOND);
  }

  /// The shortest task at which the ratio is at least `share`: it grows with the task, or falls.
  private static double first(Range range, double share, DoubleUnaryOperator ratio) {
    double low = range.shortest();
    double high = range.longest();
    if (ratio.applyAsDouble(high) < share) {
      return Double.POSITIVE_INFINITY;
    }
    if (ratio.applyAsDouble(low) >= share) {
      return 0;
    }
    for (int i = 0; i < STEPS; i++) {
      double middle = Math.sqrt(low * high);
      if (ratio.applyAsDouble(middle) >= share) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
