package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.decision.Candidate.Check;
import dev.forklab.reports.decision.Candidate.Met;
import dev.forklab.reports.decision.Requirement.LatencyBound;
import dev.forklab.reports.decision.Requirement.MemoryLimit;
import dev.forklab.reports.decision.Requirement.Rate;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// Whether models meet the requirements of a question: needs by measured faults, or by their
/// traits; the rest by the far end of an interval.
final class Checks {

  private final FaultArguments faults;
  private final Question question;
  private final RunEvidence evidence;

  Checks(FaultArguments faults, Question question, RunEvidence evidence) {
    this.faults = faults;
    this.question = question;
    this.evidence = evidence;
  }

  List<Check> of(Model model) {
    return question.requirements().stream().map(requirement -> check(model, requirement)).toList();
  }

  private Check check(Model model, Requirement requirement) {
    return switch (requirement) {
      case Need need -> new Check(need, faults.met(need, model), faults.against(need, model));
      case Rate rate -> atLeast(rate, evidence.throughput(model), rate.perSecond());
      case MemoryLimit limit ->
          atMost(limit, evidence.peakMemory(model), (double) limit.bytes(), Quantity::memory);
      case LatencyBound bound ->
          atMost(
              bound,
              evidence.latency(model, bound.percentile(), question.rate()),
              (double) bound.nanos(),
              Quantity::time);
    };
  }

  private static Check atLeast(Rate rate, Optional<Figure> found, double least) {
    return found
        .map(Figure::estimate)
        .map(it -> check(rate, it.low() >= least, it.high() < least, it, Quantity::rate))
        .orElseGet(() -> new Check(rate, Met.UNKNOWN, ""));
  }

  private static Check atMost(
      Requirement bound, Optional<Figure> found, double most, DoubleFunction<String> unit) {
    return found
        .map(Figure::estimate)
        .map(it -> check(bound, it.high() <= most, it.low() > most, it, unit))
        .orElseGet(() -> new Check(bound, Met.UNKNOWN, ""));
  }

  private static Check check(
      Requirement requirement,
      boolean certain,
      boolean impossible,
      Estimate found,
      DoubleFunction<String> unit) {
    if (certain) {
      return new Check(requirement, Met.YES, "");
    }
    String low = unit.apply(found.low());
    String high = unit.apply(found.high());
    return new Check(
        requirement,
        impossible ? Met.NO : Met.UNSURE,
        low.equals(high) ? low : low + " to " + high);
  }
}
