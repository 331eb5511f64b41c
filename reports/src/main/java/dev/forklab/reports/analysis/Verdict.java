package dev.forklab.reports.analysis;

import java.util.Locale;

/// What a comparison allows one to say.
public enum Verdict {
  /// Better by more than noise explains.
  FASTER,
  /// Worse by more than noise explains.
  SLOWER,
  /// Equal within the equivalence margin: a finding, not the lack of one. A difference that is
  /// certain but smaller than the margin is SAME too; its interval shows it.
  SAME,
  /// The data allow neither: more time would be needed.
  INCONCLUSIVE,
  /// No ratio is shown at all: its interval is too wide ([Estimate#MOST_FACTOR]), or one of the two
  /// models was not at its steady state, which a warning says.
  UNMEASURED;

  /// What stands in place of a ratio that is [#UNMEASURED].
  public static final String UNMEASURED_WORDS = "not measured well enough";

  /// What makes intervals narrower.
  public static final String WHAT_HELPS =
      "measure for longer (--time), to a precision (--precision) or on a quieter machine";

  static final double MARGIN = Math.log1p(Analysis.EQUIVALENCE_MARGIN);

  static final double WIDEST = Math.log(Estimate.MOST_FACTOR);

  /// Reads a verdict from the logarithm of a ratio and half of its interval's width.
  ///
  /// @param moreIsBetter whether a ratio above 1 is a better one
  public static Verdict of(double logRatio, double halfWidth, boolean moreIsBetter) {
    double distance = Math.abs(logRatio);
    if (distance + halfWidth <= MARGIN) {
      return SAME;
    }
    if (halfWidth > WIDEST) {
      return UNMEASURED;
    }
    if (distance <= halfWidth) {
      return INCONCLUSIVE;
    }
    return logRatio > 0 == moreIsBetter ? FASTER : SLOWER;
  }

  /// The verdict in words: "faster", "not measured well enough".
  public String words() {
    return this == UNMEASURED ? UNMEASURED_WORDS : name().toLowerCase(Locale.ROOT);
  }

  /// The verdict of the other side of the comparison.
  public Verdict turned() {
    return switch (this) {
      case FASTER -> SLOWER;
      case SLOWER -> FASTER;
      case SAME, INCONCLUSIVE, UNMEASURED -> this;
    };
  }

  /// Whether it is a finding, of a difference or of sameness.
  public boolean decided() {
    return switch (this) {
      case FASTER, SLOWER, SAME -> true;
      case INCONCLUSIVE, UNMEASURED -> false;
    };
  }
}
