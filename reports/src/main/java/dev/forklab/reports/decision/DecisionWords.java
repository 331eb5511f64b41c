package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CostWords;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.analysis.Wording;
import dev.forklab.reports.decision.Candidate.Check;
import dev.forklab.reports.decision.Candidate.Margin;
import dev.forklab.reports.decision.Candidate.Met;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A choice in words: the answer, what rules models out, and what was predicted.
final class DecisionWords {

  private static final String MARGIN = Wording.percent(Analysis.EQUIVALENCE_MARGIN);

  private final Analysis analysis;
  private final Question question;
  private final Work work;
  private final Choice choice;
  private final FaultArguments faults;

  DecisionWords(
      Analysis analysis, Question question, Work work, Choice choice, FaultArguments faults) {
    this.analysis = analysis;
    this.question = question;
    this.work = work;
    this.choice = choice;
    this.faults = faults;
  }

  /// "For 2 ms tasks with 16 KiB messages on 2 cores: choose …".
  String sentence() {
    String advice =
        switch (choice.outcome()) {
          case NONE -> "no model meets all that is required" + because();
          case ONLY -> "choose " + chosen() + ", the only model left" + because();
          case FASTEST -> "choose " + chosen() + fasterThan(": ");
          case NO_DIFFERENCE -> noDifference() + fasterThan("; ");
          case UNDECIDED -> undecided() + fasterThan("; ");
        };
    return "For " + work.words() + ": " + advice + unchecked() + ".";
  }

  /// What the choice is made on condition of.
  private String unchecked() {
    List<String> open =
        question.requirements().stream()
            .filter(each ->
                models(each, met -> met == Met.UNKNOWN).stream()
                    .anyMatch(choice.chosen()::contains))
            .map(Requirement::words)
            .toList();
    return open.isEmpty() ? "" : "; not checked: " + Wording.list(open);
  }

  private String chosen() {
    return Wording.either(choice.chosen());
  }

  private String fasterThan(String before) {
    return choice
        .runnerUp()
        .flatMap(other ->
            choice.margin(other).map(margin -> before + times(margin) + " of " + other.label()))
        .orElse("");
  }

  /// "1.160 ± 0.090 times the throughput".
  static String times(Margin margin) {
    return margin.verdict() == Verdict.UNMEASURED
        ? "a throughput that is " + Verdict.UNMEASURED_WORDS + " beside that"
        : Quantity.ratio(margin.ratio().value(), margin.ratio().low(), margin.ratio().high())
            + " times the throughput";
  }

  private String noDifference() {
    if (choice.isolationIsOpen()) {
      return "no difference in throughput within "
          + MARGIN
          + ": choose by isolation: "
          + Wording.either(leaders(Model::isolates))
          + " if a crash must stay in one worker, else "
          + Wording.either(leaders(model -> !model.isolates()))
          + (choice.chosen().stream().noneMatch(Model::isolates) ? ", which cost less" : "");
    }
    List<Model> dearer = dearer();
    return "choose "
        + chosen()
        + (dearer.isEmpty()
            ? ": no difference in throughput within " + MARGIN
            : ": no difference in throughput from "
                + Wording.either(dearer)
                + " within "
                + MARGIN
                + ", at less memory or start-up");
  }

  private String undecided() {
    List<Model> dearer = dearer();
    boolean unlessIsolated =
        choice.isolationIsOpen() && choice.chosen().stream().noneMatch(Model::isolates);
    return "choose "
        + chosen()
        + (unlessIsolated ? " unless a crash must stay in one worker" : "")
        + (dearer.isEmpty()
            ? ": they cannot be told apart yet, in throughput or in what they cost"
            : ": they cost less, and their throughput cannot be told from that of "
                + Wording.either(dearer)
                + " yet");
  }

  private List<Model> leaders(Predicate<Model> of) {
    return choice.leaders().stream().filter(of).toList();
  }

  private List<Model> dearer() {
    return leaders(model -> !choice.chosen().contains(model));
  }

  private String because() {
    List<String> reasons = question.requirements().stream().flatMap(this::rulesOut).toList();
    return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons);
  }

  /// "isolation rules out platform threads and virtual threads".
  private Stream<String> rulesOut(Requirement requirement) {
    List<Model> out = models(requirement, Met::rulesOut);
    return out.isEmpty()
        ? Stream.empty()
        : Stream.of(
            requirement.words()
                + " rules out "
                + Wording.list(out.stream().map(Model::label).toList()));
  }

  private List<Model> models(Requirement requirement, Predicate<Met> of) {
    return choice.candidates().stream()
        .filter(each -> of.test(check(each, requirement).met()))
        .map(Candidate::model)
        .toList();
  }

  private static Check check(Candidate candidate, Requirement requirement) {
    return candidate.checks().stream()
        .filter(check -> check.requirement().equals(requirement))
        .findFirst()
        .orElseThrow();
  }

  /// A sentence for each requirement that a candidate misses or may miss, or that was not checked;
  /// and what measured faults say for those that meet a need.
  List<String> rulings() {
    List<String> rulings = new ArrayList<>();
    List<Model> models = choice.candidates().stream().map(Candidate::model).toList();
    question.needs().forEach(need -> rulings.addAll(faults.inFavor(need, models)));
    for (Requirement requirement : question.requirements()) {
      ruling(requirement, Met.NO, " is missed by ").ifPresent(rulings::add);
      ruling(requirement, Met.UNSURE, " is not certain with ").ifPresent(rulings::add);
      List<Model> unknown = models(requirement, met -> met == Met.UNKNOWN);
      if (!unknown.isEmpty()) {
        rulings.add(
            "%s was not checked for %s: the run did not measure it for this work%s. Measure it: %s"
                .formatted(
                    Wording.capital(requirement.words()),
                    ids(unknown, _ -> ""),
                    requirement.id().equals("latency") && question.rate().isPresent()
                        ? " at that rate"
                        : "",
                    LabCommands.bench(question, analysis.run().plan())));
      }
    }
    return rulings;
  }

  private Optional<String> ruling(Requirement requirement, Met met, String verb) {
    List<Model> found = models(requirement, met::equals);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Wording.capital(requirement.words())
                + verb
                + ids(found, model -> found(check(choice.candidate(model), requirement)))
                + ".");
  }

  private static String found(Check check) {
    return check.found().isEmpty() ? "" : " (" + check.found() + ")";
  }

  private static String ids(List<Model> models, Function<Model, String> after) {
    return models.stream()
        .map(model -> model.id() + after.apply(model))
        .collect(Collectors.joining(", "));
  }

  /// What was not measured, and how good the predictions are.
  List<String> predictions() {
    List<String> lines = new ArrayList<>();
    farthest(Candidate::throughput)
        .filter(basis -> basis != Basis.MEASURED)
        .ifPresent(basis -> lines.add("Throughput is " + words(basis) + "." + checked()));
    for (Candidate each : choice.candidates()) {
      if (each.throughput().isEmpty()) {
        lines.add(
            "%s cannot be judged: %s."
                .formatted(
                    Wording.capital(each.model().label()),
                    choice.evidence().refusal(each.model())));
      }
    }
    farthest(Candidate::memory)
        .filter(basis -> basis != Basis.MEASURED)
        .ifPresent(basis ->
            lines.add(
                basis == Basis.PREDICTED
                    ? "Memory and start-up are those of the base configuration's messages and tasks."
                    : "Memory and start-up are "
                        + words(basis)
                        + ", from other numbers of workers."));
    if (choice.candidates().stream().allMatch(each -> each.latency().isEmpty())) {
      lines.add("Latency was not measured for this work, and is not predicted.");
    }
    if (faults.areUnknown() && question.needs().stream().anyMatch(Need::isAboutFaults)) {
      lines.add(
          "What failures cost was not measured: the traits of the models answer the needs. Measure"
              + " it: ./lab faults, then ask again with --faults DIR.");
    }
    return lines;
  }

  private Optional<Basis> farthest(Function<Candidate, Optional<Figure>> of) {
    return choice.candidates().stream()
        .flatMap(each -> of.apply(each).stream())
        .map(Figure::basis)
        .max(Basis::compareTo);
  }

  private static String words(Basis basis) {
    return switch (basis) {
      case MEASURED -> "measured";
      case PREDICTED -> "predicted by the model of cost, between cells that were measured";
      case PROJECTED -> "projected by the model of cost, beyond what was measured";
    };
  }

  /// How good the model of cost is where it can be checked.
  private String checked() {
    return analysis.cost().map(cost -> " " + new CostWords(cost).check()).orElse("");
  }
}
