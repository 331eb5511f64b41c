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
  INCONCLUSIVE
}
