package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Facts;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.results.Cell;
import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.Optional;

/// Which questions a run does not answer, and what to run instead.
final class Refusals {

  private final Analysis analysis;
  private final Facts facts;
  private final Question question;

  private Refusals(Analysis analysis, Facts facts, Question question) {
    this.analysis = analysis;
    this.facts = facts;
    this.question = question;
  }

  /// The first reason not to answer.
  static Optional<Refusal> of(Analysis analysis, Facts facts, Question question) {
    return new Refusals(analysis, facts, question).first();
  }

  private Optional<Refusal> first() {
    if (Work.cells(facts).isEmpty()) {
      return Optional.of(new Refusal(empty()));
    }
    int cpus = analysis.run().host().cpus();
    if (question.workers() > cpus) {
      return Optional.of(new Refusal(tooManyCores(cpus)));
    }
    Work work = Work.of(facts, question);
    if (work.basis() == Basis.MEASURED) {
      return Optional.empty();
    }
    if (Work.beyond(facts, work.cell(), work.nanos()) > Work.FARTHEST) {
      return Optional.of(new Refusal(tooFar()));
    }
    return notPredicted().map(reason -> new Refusal(reason + measure(question)));
  }

  private String empty() {
    return "expected a run with results of throughput, found none: "
        + analysis.answer().headline().replaceFirst("\\.$", "");
  }

  private String tooManyCores(int cpus) {
    return "expected at most %s, the CPUs of the machine that was measured, found %d; on a machine with as many, %s"
        .formatted(cores(cpus), question.workers(), run(question));
  }

  private String tooFar() {
    List<Cell> cells = Work.cells(facts);
    return "expected tasks and messages at most %d times beyond what was measured (%s; %s), found %s and %s%s"
        .formatted(
            Work.FARTHEST,
            range(cells.stream().map(Cell::taskNanos).sorted().toList(), Quantity::chosenTime),
            range(
                cells.stream().map(cell -> (long) cell.messageBytes()).sorted().toList(),
                Quantity::size),
            Quantity.chosenTime(question.taskNanos()),
            Quantity.size(question.messageBytes()),
            measure(question));
  }

  /// Why the model of cost does not help with work that was not measured.
  private Optional<String> notPredicted() {
    Optional<CostModel> cost = analysis.cost();
    if (cost.isEmpty() || cost.get().tasks().isEmpty()) {
      return Optional.of(
          "expected work that the run measured, since it has too few cells for a model of cost,"
              + " found "
              + words());
    }
    if (cost.get().workers() != question.workers()) {
      return Optional.of(
          "expected work that the run measured, or %s, since its model of cost is about them, found %s"
              .formatted(cores(cost.get().workers()), words()));
    }
    return cost.get().tasks().keySet().stream()
            .anyMatch(model -> cost.get().fitting(model).isPresent())
        ? Optional.empty()
        : Optional.of(
            "expected work that the run measured, since its model of cost does not fit, found "
                + words());
  }

  private String words() {
    return Work.of(facts, question).words();
  }

  private static String cores(int count) {
    return count == 1 ? "1 core" : count + " cores";
  }

  private static String range(List<Long> sorted, java.util.function.LongFunction<String> unit) {
    String least = unit.apply(sorted.getFirst());
    String most = unit.apply(sorted.getLast());
    return least.equals(most) ? least : least + " to " + most;
  }

  /// What to do about work that was not measured.
  static String measure(Question question) {
    return "; measure it: " + run(question);
  }

  /// The command that measures a question's work at its base configuration.
  static String run(Question question) {
    long nanos = question.taskNanos();
    String task =
        nanos % 1_000_000 == 0 ? nanos / 1_000_000 + "ms" : Math.max(1, nanos / 1000) + "us";
    return "./lab bench --cores %d --task %s --sizes %s"
        .formatted(
            question.workers(), task, Quantity.size(question.messageBytes()).replace(" ", ""));
  }
}
