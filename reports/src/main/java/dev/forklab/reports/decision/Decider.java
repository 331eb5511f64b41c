package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Facts;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Optional;

/// Sets questions against a run: needs first, from measured faults or the traits of the models;
/// then rate, memory and latency, by the far ends of intervals; then throughput; and among models
/// that throughput does not tell apart, what they cost.
public final class Decider {

  private final Analysis analysis;
  private final Facts facts;
  private final FaultArguments faults;

  public Decider(Analysis analysis) {
    this(analysis, Optional.empty());
  }

  /// @param faults what a run of faults found
  public Decider(Analysis analysis, Optional<FaultFindings> faults) {
    this.analysis = analysis;
    this.facts = Facts.of(analysis);
    this.faults = new FaultArguments(faults);
  }

  /// The work of the run's base configuration, without requirements: that of the plan, where there
  /// are no results.
  public Question usual() {
    return facts
        .grid()
        .base()
        .or(() -> analysis.run().plan().base())
        .map(Question::about)
        .orElseGet(() -> new Question(1, 1_000_000, 4096, List.of()));
  }

  /// Answers a question, or refuses to.
  public Conclusion decide(Question question) {
    Optional<Refusal> beforehand = Refusals.beforehand(analysis, facts, question);
    if (beforehand.isPresent()) {
      return beforehand.get();
    }
    Work work = work(question);
    RunEvidence evidence = evidence(work);
    Optional<Refusal> unknown =
        Refusals.unknown(analysis, question, work, evidence, suitable(question, evidence));
    if (unknown.isPresent()) {
      return unknown.get();
    }
    Choice choice = choose(question);
    DecisionWords words = new DecisionWords(analysis, question, work, choice, faults);
    return new Decision(
        question,
        work,
        choice.outcome(),
        choice.chosen(),
        choice.candidates().stream().map(each -> each.with(choice.margin(each.model()))).toList(),
        words.sentence(),
        words.rulings(),
        new Reversals(this, analysis, question, choice).all(),
        words.predictions());
  }

  /// The choice for a question that is not refused.
  Choice choose(Question question) {
    RunEvidence evidence = evidence(work(question));
    return Choice.of(question, evidence, new Checks(faults, question, evidence));
  }

  Facts facts() {
    return facts;
  }

  Work work(Question question) {
    return Work.of(facts, question);
  }

  private RunEvidence evidence(Work work) {
    return new RunEvidence(analysis, facts, work);
  }

  /// The candidates that have every need; all, where none has.
  private List<Model> suitable(Question question, RunEvidence evidence) {
    List<Model> suitable =
        evidence.candidates().stream()
            .filter(model ->
                question.needs().stream().noneMatch(need -> faults.met(need, model).rulesOut()))
            .toList();
    return suitable.isEmpty() ? evidence.candidates() : suitable;
  }
}
