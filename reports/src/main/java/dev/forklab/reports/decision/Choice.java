package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.decision.Candidate.Margin;
import dev.forklab.reports.decision.Decision.Outcome;
import dev.forklab.results.Model;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which models to take for a question, and how that came about; without words.
///
/// @param candidates every candidate, with its checks and without its margin
/// @param left those that meet the requirements, as far as is known, and whose throughput is known
/// @param leaders those left that no other is known to be faster than
/// @param chosen the leaders that cost least, the fastest first
record Choice(
    RunEvidence evidence,
    List<Candidate> candidates,
    List<Model> left,
    List<Model> leaders,
    List<Model> chosen,
    Outcome outcome) {

  static Choice of(Question question, RunEvidence evidence, Checks checks) {
    List<Candidate> candidates =
        evidence.candidates().stream()
            .map(model -> candidate(model, question, evidence, checks))
            .toList();
    List<Model> left =
        candidates.stream()
            .filter(each -> !each.meets().rulesOut() && each.throughput().isPresent())
            .map(Candidate::model)
            .toList();
    List<Model> leaders = left.stream().filter(model -> leads(model, left, evidence)).toList();
    List<Model> cheapest = cheapest(leaders, candidates);
    return new Choice(
        evidence,
        candidates,
        left,
        leaders,
        fastestFirst(cheapest, candidates),
        outcome(left, leaders, evidence));
  }

  private static Candidate candidate(
      Model model, Question question, RunEvidence evidence, Checks checks) {
    return new Candidate(
        model,
        evidence.throughput(model),
        evidence.latency(model, question.percentile(), question.rate()),
        evidence.memory(model),
        evidence.startUp(model),
        checks.of(model),
        Optional.empty());
  }

  private static boolean leads(Model model, List<Model> left, RunEvidence evidence) {
    return left.stream()
        .flatMap(other -> evidence.margin(model, other).stream())
        .noneMatch(margin -> margin.verdict() == Verdict.SLOWER);
  }

  private static Outcome outcome(List<Model> left, List<Model> leaders, RunEvidence evidence) {
    if (left.isEmpty()) {
      return Outcome.NONE;
    }
    if (left.size() == 1) {
      return Outcome.ONLY;
    }
    if (leaders.size() == 1) {
      return Outcome.FASTEST;
    }
    boolean same =
        leaders.stream()
            .allMatch(one ->
                leaders.stream()
                    .filter(other -> other != one)
                    .allMatch(other ->
                        evidence
                            .margin(one, other)
                            .filter(margin -> margin.verdict() == Verdict.SAME)
                            .isPresent()));
    return same ? Outcome.NO_DIFFERENCE : Outcome.UNDECIDED;
  }

  private static List<Model> cheapest(List<Model> models, List<Candidate> candidates) {
    List<Candidate> all =
        candidates.stream().filter(each -> models.contains(each.model())).toList();
    return least(least(all, Candidate::memory), Candidate::startUp).stream()
        .map(Candidate::model)
        .toList();
  }

  /// Those whose price is not above the lowest; all, where one is unknown.
  private static List<Candidate> least(
      List<Candidate> all, Function<Candidate, Optional<Figure>> price) {
    List<Figure> prices = all.stream().flatMap(each -> price.apply(each).stream()).toList();
    if (prices.size() < all.size() || all.isEmpty()) {
      return all;
    }
    Figure least =
        prices.stream()
            .min(Comparator.comparingDouble(each -> each.estimate().value()))
            .orElseThrow();
    return all.stream().filter(each -> !price.apply(each).orElseThrow().dearerThan(least)).toList();
  }

  private static List<Model> fastestFirst(List<Model> models, List<Candidate> candidates) {
    return candidates.stream()
        .filter(each -> models.contains(each.model()))
        .sorted(
            Comparator.comparingDouble((Candidate each) ->
                -each.throughput().map(it -> it.estimate().value()).orElse(0.0)))
        .map(Candidate::model)
        .toList();
  }

  /// How the model that stands for the choice compares with another.
  Optional<Margin> margin(Model against) {
    return chosen.isEmpty() || chosen.getFirst() == against
        ? Optional.empty()
        : evidence.margin(chosen.getFirst(), against);
  }

  /// The fastest of those left that are slower than a leader.
  Optional<Model> runnerUp() {
    return fastestFirst(
            left.stream().filter(model -> !leaders.contains(model)).toList(), candidates)
        .stream()
        .findFirst();
  }

  /// Whether a leader keeps a crash in one worker, and another does not.
  boolean isolationIsOpen() {
    return leaders.stream().map(Model::isolates).distinct().count() > 1;
  }

  Candidate candidate(Model model) {
    return candidates.stream().filter(each -> each.model() == model).findFirst().orElseThrow();
  }
}
