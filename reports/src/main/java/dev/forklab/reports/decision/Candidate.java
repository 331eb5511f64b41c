package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Optional;

/// A model that could be chosen, what it costs for the work in question, and whether it does.
///
/// @param throughput tasks per second
/// @param latency nanoseconds, at the question's percentile
/// @param memory bytes of all processes under load
/// @param startUp nanoseconds until every worker has replied
/// @param checks one for each requirement, in the question's order
/// @param margin how the chosen model compares with it in throughput; empty of the chosen one
///   itself, and where nothing was chosen or nothing is known
public record Candidate(
    Model model,
    Optional<Figure> throughput,
    Optional<Figure> latency,
    Optional<Figure> memory,
    Optional<Figure> startUp,
    List<Check> checks,
    Optional<Margin> margin) {

  public Candidate {
    checks = List.copyOf(checks);
  }

  /// Whether a requirement is met.
  public enum Met {
    YES,
    NO,
    /// The interval allows both, which does not suffice to choose a model.
    UNSURE,
    /// Neither measured nor predicted; the model can be chosen on condition that it is.
    UNKNOWN;

    boolean rulesOut() {
      return this == NO || this == UNSURE;
    }
  }

  /// Whether this model meets one requirement.
  ///
  /// @param found what was found instead, for reading; empty where it is met or a trait
  public record Check(Requirement requirement, Met met, String found) {}

  /// The chosen model's throughput divided by this model's.
  ///
  /// @param verdict from the chosen model's side
  public record Margin(Estimate ratio, Verdict verdict, Basis basis) {}

  /// Whether it meets everything that is required, as far as is known.
  public Met meets() {
    for (Met met : List.of(Met.NO, Met.UNSURE, Met.UNKNOWN)) {
      if (checks.stream().anyMatch(check -> check.met() == met)) {
        return met;
      }
    }
    return Met.YES;
  }

  Candidate with(Optional<Margin> other) {
    return new Candidate(model, throughput, latency, memory, startUp, checks, other);
  }
}
