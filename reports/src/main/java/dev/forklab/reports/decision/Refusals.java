package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Facts;
import dev.forklab.reports.analysis.Wording;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Optional;

/// Which questions a run does not answer, and what to run instead.
final class Refusals {

  private Refusals() {}

  /// Why no question of a run, or none about as many workers, can be answered.
  static Optional<Refusal> beforehand(Analysis analysis, Facts facts, Question question) {
    if (Work.cells(facts).isEmpty()) {
      return Optional.of(
          new Refusal(
              "expected a run with results of throughput, found none: "
                  + analysis.answer().headline().replaceFirst("\\.$", "")));
    }
    int cpus = analysis.run().host().cpus();
    if (question.workers() > cpus) {
      return Optional.of(
          new Refusal(
              "expected at most %s, the CPUs of the machine that was measured, found %d; on a machine with that many, run: %s"
                  .formatted(
                      Wording.count(cpus, "core"),
                      question.workers(),
                      LabCommands.bench(question, analysis.run().plan()))));
    }
    return Optional.empty();
  }

  /// Why nothing is known of the work in question: of none of the models that have what it needs.
  static Optional<Refusal> unknown(
      Analysis analysis, Question question, Work work, RunEvidence evidence, List<Model> suitable) {
    List<Model> unknown =
        suitable.stream().filter(model -> evidence.throughput(model).isEmpty()).toList();
    if (unknown.isEmpty() || unknown.size() < suitable.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            "expected work that this run measured or can predict, found %s: %s. Measure it: %s"
                .formatted(
                    work.words(),
                    evidence.refusal(unknown.getFirst()),
                    LabCommands.bench(question, analysis.run().plan()))));
  }
}
