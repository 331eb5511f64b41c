package dev.forklab.reports.cost;

import dev.forklab.reports.stats.Inference;
import dev.forklab.reports.stats.StudentEstimate;

/// What a model of cost says of something that was not measured: a number with its 95% interval, or
/// a refusal with its reason.
public sealed interface Prediction {

  /// A number.
  ///
  /// @param value the best single guess
  /// @param low lower end of the 95% interval, at most `value`
  /// @param high its upper end, at least `value`
  /// @param basis how far from what was measured it is
  record Known(double value, double low, double high, Basis basis) implements Prediction {

    public Known {
      if (!(low <= value && value <= high)) {
        throw new IllegalArgumentException(
            "expected low <= value <= high, found " + low + ", " + value + ", " + high);
      }
    }

    /// Of a logarithm with its error.
    static Known ofLog(StudentEstimate log, Basis basis) {
      double half = log.halfWidth(Inference.ALPHA);
      return new Known(
          Math.exp(log.value()), Math.exp(log.value() - half), Math.exp(log.value() + half), basis);
    }

    /// Whether a ratio to something shows that this is certainly slower, by more than
    /// [Inference#SAME].
    boolean slower() {
      return high < 1 && value < 1 - Inference.SAME;
    }

    /// Whether the interval extends further than [Inference#MOST_FACTOR] from the value, either
    /// way.
    public boolean tooWide() {
      return high > value * Inference.MOST_FACTOR || low * Inference.MOST_FACTOR < value;
    }

    @Override
    public Known inverse(double dividend) {
      return new Known(dividend / value, dividend / high, dividend / low, basis);
    }
  }

  /// No number.
  ///
  /// @param reason a clause without a capital or a full stop: "messages of 8 MiB are too far from
  ///   the largest measured, 1 MiB; measure them (--sizes)"
  record Refused(String reason) implements Prediction {

    @Override
    public Refused inverse(double dividend) {
      return this;
    }
  }

  /// `dividend` divided by the number, if there is one.
  Prediction inverse(double dividend);

  /// How far a prediction is from what was measured, from near to far.
  enum Basis {
    /// Between the cells that the model was fitted to.
    WITHIN("between measured cells"),
    /// Shorter or longer tasks, or larger messages, than in any cell.
    BEYOND("beyond the measured task times or message sizes"),
    /// With another number of workers than the cells that the model was fitted to.
    PROJECTED("projected to another number of workers");

    private final String words;

    Basis(String words) {
      this.words = words;
    }

    /// In words, after a number.
    public String words() {
      return words;
    }

    /// The farther of two.
    Basis or(Basis other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }
}
