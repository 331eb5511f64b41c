package dev.forklab.reports.decision;

import dev.forklab.results.Model;
import java.util.List;
import java.util.Optional;

/// What a run recommends for a piece of work, by what margin, at what price, and what would change
/// it.
///
/// @param work what was asked about, as the run knows it
/// @param outcome in what way the choice came about
/// @param chosen the recommended models, the first of them the fastest; several where neither
///   throughput nor memory nor start-up tells them apart, none where none meets all requirements
/// @param candidates every candidate of the run, in the plan's order
/// @param sentence the answer
/// @param rulings for each requirement that some candidate misses, or that could not be checked:
///   which, and why
/// @param changes what would change the answer, the most likely first
/// @param predictions what was predicted rather than measured, and how good the predictions are
public record Decision(
    Question question,
    Work work,
    Outcome outcome,
    List<Model> chosen,
    List<Candidate> candidates,
    String sentence,
    List<String> rulings,
    List<String> changes,
    List<String> predictions)
    implements Conclusion {

  public Decision {
    chosen = List.copyOf(chosen);
    candidates = List.copyOf(candidates);
    rulings = List.copyOf(rulings);
    changes = List.copyOf(changes);
    predictions = List.copyOf(predictions);
  }

  /// How a choice came about.
  public enum Outcome {
    /// The chosen model is faster than every other that meets the requirements.
    FASTEST,
    /// The fastest models are equally fast within the margin of equivalence; the chosen ones cost
    /// least of them.
    NO_DIFFERENCE,
    /// The throughput of the fastest models cannot be told apart; the chosen ones cost least.
    UNDECIDED,
    /// Only one model meets the requirements.
    ONLY,
    /// No model meets the requirements.
    NONE
  }

  /// The model that stands for the choice.
  public Optional<Model> first() {
    return chosen.stream().findFirst();
  }
}
