package dev.forklab.reports.decision;

/// What a number of a decision rests on.
public enum Basis {
  /// The run measured this very work.
  MEASURED,
  /// It lies between what the run measured, and the model of cost or a neighbor gives it.
  PREDICTED,
  /// It lies beyond what the run measured.
  PROJECTED
}
