package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.analysis.Wording;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.cost.Prediction;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.cost.Prediction.Refused;
import dev.forklab.reports.decision.Decision.Outcome;
import dev.forklab.reports.decision.Requirement.MemoryLimit;
import dev.forklab.results.Cell;
import dev.forklab.results.Grid.Factor;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What would change a decision: the same question asked again, each time with one thing different,
/// and where a limit or an interval comes close.
final class Reversals {

  /// The share of another model's throughput that counts as no difference.
  private static final double NO_DIFFERENCE = 1 - Analysis.EQUIVALENCE_MARGIN;

  private final Decider decider;
  private final Analysis analysis;
  private final Question question;
  private final Choice choice;
  private final List<String> changes = new ArrayList<>();

  Reversals(Decider decider, Analysis analysis, Question question, Choice choice) {
    this.decider = decider;
    this.analysis = analysis;
    this.question = question;
    this.choice = choice;
  }

  List<String> all() {
    lessRequired();
    moreNeeded();
    otherTasks();
    otherCells();
    limits();
    moreMeasuring();
    return changes;
  }

  private void lessRequired() {
    for (Requirement requirement : question.requirements()) {
      Choice other = decider.choose(question.without(requirement));
      if (differs(other, choice)) {
        changes.add("Without " + requirement.words() + ": " + instead(other) + ".");
      }
    }
  }

  private void moreNeeded() {
    Map<List<Model>, List<String>> conditions = new LinkedHashMap<>();
    Map<List<Model>, Choice> choices = new LinkedHashMap<>();
    for (Need need : Need.values()) {
      if (!question.needs().contains(need)) {
        Choice other = decider.choose(question.with(need));
        if (differs(other, choice)) {
          conditions.computeIfAbsent(other.chosen(), _ -> new ArrayList<>()).add(need.condition());
          choices.put(other.chosen(), other);
        }
      }
    }
    choices.forEach((chosen, other) ->
        changes.add(
            "If "
                + String.join(", or ", conditions.getOrDefault(chosen, List.of()))
                + ": "
                + instead(other)
                + "."));
  }

  private static boolean differs(Choice other, Choice from) {
    return !other.chosen().isEmpty() && Collections.disjoint(other.chosen(), from.chosen());
  }

  /// "platform or virtual threads, 1.160 ± 0.090 times the throughput".
  private String instead(Choice other) {
    return Wording.either(other.chosen())
        + choice.chosen().stream()
            .findFirst()
            .flatMap(now -> other.margin(now))
            .map(margin -> ", " + DecisionWords.times(margin))
            .orElse("");
  }

  /// From which task time on isolation costs no throughput, or below which it does.
  private void otherTasks() {
    Optional<Model> isolating = best(true);
    Optional<Model> shared = best(false);
    Optional<CostModel> cost =
        analysis.cost().filter(found -> found.base().workers() == question.workers());
    if (isolating.isEmpty() || shared.isEmpty() || cost.isEmpty()) {
      return;
    }
    Prediction from =
        cost.get()
            .crossover(isolating.get(), shared.get(), NO_DIFFERENCE, question.messageBytes())
            .taskNanos();
    switch (from) {
      case Known known when known.value() > 0 && Double.isFinite(known.value()) ->
          changes.add(crossover(known, isolating.get(), shared.get()));
      case Known _, Refused _ -> {}
    }
  }

  private String crossover(Known from, Model isolating, Model shared) {
    boolean longer = from.value() > decider.work(question).nanos();
    String range =
        from.low() > 0 && Double.isFinite(from.high())
            ? " (%s to %s)".formatted(Quantity.time(from.low()), Quantity.time(from.high()))
            : "";
    return (longer
            ? "From tasks of about %s%s on, %s reach %s of the throughput of %s (predicted)."
            : "With tasks shorter than about %s%s, %s no longer reach %s of the throughput of %s (predicted).")
        .formatted(
            Quantity.time(from.value()),
            range,
            isolating.label(),
            Quantity.percent(NO_DIFFERENCE),
            shared.label());
  }

  private Optional<Model> best(boolean isolating) {
    return choice.left().stream()
        .filter(model -> model.isolates() == isolating)
        .max(
            Comparator.comparingDouble(model ->
                choice.candidate(model).throughput().map(it -> it.estimate().value()).orElse(0.0)));
  }

  /// The nearest measured message sizes and task times, up and down, with another answer. A rate
  /// and a bound of latency are for this work, and so are left out.
  private void otherCells() {
    List<Requirement> lasting =
        question.requirements().stream()
            .filter(each -> each instanceof Need || each instanceof MemoryLimit)
            .toList();
    Choice here = decider.choose(question.requiring(lasting));
    for (Factor factor : List.of(Factor.MESSAGES, Factor.TASKS)) {
      long own = factor.value(decider.work(question).cell());
      List<Cell> cells = along(factor);
      cells.reversed().stream()
          .filter(cell -> factor.value(cell) < own)
          .flatMap(cell -> elsewhere(factor, cell, lasting, here).stream())
          .findFirst()
          .ifPresent(changes::add);
      cells.stream()
          .filter(cell -> factor.value(cell) > own)
          .flatMap(cell -> elsewhere(factor, cell, lasting, here).stream())
          .findFirst()
          .ifPresent(changes::add);
    }
  }

  /// The measured cells that differ from the question in one factor, in its order.
  private List<Cell> along(Factor factor) {
    return Work.cells(decider.facts()).stream()
        .filter(cell -> cell.workers() == question.workers())
        .filter(cell ->
            factor == Factor.TASKS
                ? cell.messageBytes() == question.messageBytes()
                : cell.taskNanos() == question.taskNanos())
        .sorted(Comparator.comparingLong(factor::value))
        .toList();
  }

  private Optional<String> elsewhere(
      Factor factor, Cell cell, List<Requirement> lasting, Choice here) {
    Choice there = decider.choose(question.moved(cell).requiring(lasting));
    boolean sure = there.outcome() == Outcome.FASTEST || there.outcome() == Outcome.ONLY;
    if (!sure || !differs(there, here)) {
      return Optional.empty();
    }
    String what =
        factor == Factor.TASKS
            ? analysis.taskTimes().name(List.of(cell), " tasks")
            : Quantity.size(cell.messageBytes()) + " messages";
    return Optional.of("With %s: %s (measured).".formatted(what, Wording.either(there.chosen())));
  }

  /// How far a rate may grow or a memory limit shrink.
  private void limits() {
    if (choice.chosen().isEmpty()) {
      return;
    }
    Model first = choice.chosen().getFirst();
    question
        .rate()
        .flatMap(_ -> choice.evidence().throughput(first))
        .ifPresent(found ->
            changes.add(
                "Above %s, %s are no longer certain to keep up."
                    .formatted(Quantity.rate(found.estimate().low()), first.label())));
    question
        .memory()
        .flatMap(_ -> choice.evidence().peakMemory(first))
        .ifPresent(found ->
            changes.add(
                "Below %s of memory, %s are no longer certain to fit."
                    .formatted(Quantity.memory(found.estimate().high()), first.label())));
  }

  private void moreMeasuring() {
    if (choice.outcome() == Outcome.UNDECIDED) {
      changes.add(
          "A verdict on throughput, which the run leaves open: " + Verdict.WHAT_HELPS + ".");
    }
  }
}
