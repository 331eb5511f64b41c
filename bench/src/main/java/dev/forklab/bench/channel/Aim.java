package dev.forklab.bench.channel;

import dev.forklab.reports.analysis.Estimate;
import java.util.List;

/// What this library wants to reach: a bound for its ratio to Node's json.
///
/// @param atLeast whether more is better
record Aim(Measure measure, double bound, boolean atLeast) {

  static final List<Aim> ALL =
      List.of(
          new Aim(Measure.START, 0.6, false),
          new Aim(Measure.SMALL_ROUND_TRIP, 0.5, false),
          new Aim(Measure.LONG_ROUND_TRIP, 0.05, false),
          new Aim(Measure.ECHO, 3, true),
          new Aim(Measure.IDLE_PSS, 1, false),
          new Aim(Measure.IDLE_USS, 1, false));

  /// Whether a ratio with its interval reaches an aim.
  enum Verdict {
    /// The whole interval does.
    REACHED("reached"),
    /// No part of the interval does.
    MISSED("missed"),
    /// The bound lies in the interval.
    UNCERTAIN("too close to tell");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  Verdict judge(Estimate ratio) {
    if (!ratio.hasInterval() || ratio.tooWide()) {
      return Verdict.UNCERTAIN;
    }
    double worst = atLeast ? ratio.low() : ratio.high();
    double best = atLeast ? ratio.high() : ratio.low();
    return holds(worst) ? Verdict.REACHED : holds(best) ? Verdict.UNCERTAIN : Verdict.MISSED;
  }

  private boolean holds(double ratio) {
    return atLeast ? ratio >= bound : ratio <= bound;
  }
}
