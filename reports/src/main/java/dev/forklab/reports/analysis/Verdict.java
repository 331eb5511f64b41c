package dev.forklab.reports.analysis;

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
  /// The interval is too wide for its ratio to be shown at all: [Estimate#MOST_FACTOR].
  TOO_WIDE;

  /// What stands in place of a ratio that is [#TOO_WIDE].
  public static final String TOO_WIDE_WORDS = "not measured well enough";

  /// What makes intervals narrower.
  public static final String WHAT_HELPS =
      "measure for longer (--time), to a precision (--precision) or on a quieter machine";

  /// Whether it is a finding, of a difference or of sameness.
  public boolean decided() {
    return switch (this) {
      case FASTER, SLOWER, SAME -> true;
      case INCONCLUSIVE, TOO_WIDE -> false;
    };
  }
}
