package dev.forklab.reports.compare;

import dev.forklab.reports.analysis.Evidence;
import dev.forklab.reports.stats.Inference;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.Welch;

/// Two runs' estimates of the same number, which are independent of each other: no round, no launch
/// and no minute of one belongs to any of the other. So the error of their difference is that of
/// both ([Welch]), and so is the noise floor below which nothing is claimed: each is a half-width
/// of its own run, so their squares add up.
///
/// A ratio between two models was paired within its run, and the drift of the machine has left it;
/// but two such ratios of two runs are no more paired with each other than anything else.
public record Unpaired(Evidence before, Evidence after) {

  /// Of two estimates of which no more is claimed than their errors allow.
  public static Unpaired plain(StudentEstimate before, StudentEstimate after) {
    return new Unpaired(new Evidence(before, 0, true), new Evidence(after, 0, true));
  }

  /// The log of the second over the first.
  public Evidence change() {
    return new Evidence(
        Welch.difference(after.log(), before.log()),
        Math.hypot(before.floor(), after.floor()),
        before.steady() && after.steady());
  }

  /// Whether the two differ by more than the errors of both explain, at 5%.
  public boolean differ() {
    return change().log().differenceProbability() < Inference.ALPHA;
  }
}
