package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Wording;
import dev.forklab.reports.decision.Candidate;
import dev.forklab.reports.decision.Candidate.Check;
import dev.forklab.reports.decision.Candidate.Margin;
import dev.forklab.reports.decision.Decision;
import dev.forklab.reports.decision.Figure;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// What speaks for and against one option, as a decision record lists it.
record ProsAndCons(Decision decision, Candidate option) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    option.checks().forEach(check -> lines.add(check(check)));
    option.margin().ifPresent(margin -> lines.add(margin(margin)));
    option
        .throughput()
        .ifPresent(tasks ->
            lines.add("Neutral, because it does " + words(tasks.estimate(), Quantity::rate)));
    price("of memory", Candidate::memory, Quantity::memory).ifPresent(lines::add);
    price("until all workers have replied", Candidate::startUp, Quantity::time)
        .ifPresent(lines::add);
    option
        .latency()
        .ifPresent(latency ->
            lines.add(
                "Neutral, because its %s is %s"
                    .formatted(
                        decision.question().percentile().id(),
                        Quantity.time(latency.estimate().value()))));
    return lines;
  }

  private static String check(Check check) {
    String words = check.requirement().words();
    String found = check.found().isEmpty() ? "" : " (" + check.found() + ")";
    return switch (check.met()) {
      case YES -> "Good, because it meets " + words;
      case NO -> "Bad, because it does not meet " + words + found;
      case UNSURE -> "Bad, because it is not certain to meet " + words + found;
      case UNKNOWN -> "Neutral, because nothing is known of " + words;
    };
  }

  /// The margin is the chosen option's over this one.
  private String margin(Margin margin) {
    String chosen = decision.first().orElseThrow().label();
    String ratio = ratio(margin.ratio().inverse());
    return switch (margin.verdict()) {
      case FASTER -> "Bad, because it reaches %s of the throughput of %s".formatted(ratio, chosen);
      case SLOWER -> "Good, because it reaches %s of the throughput of %s".formatted(ratio, chosen);
      case SAME ->
          "Neutral, because its throughput is that of %s within %s"
              .formatted(chosen, Wording.percent(Analysis.EQUIVALENCE_MARGIN));
      case INCONCLUSIVE ->
          "Neutral, because its throughput cannot be told from that of %s (%s)"
              .formatted(chosen, ratio);
      case UNMEASURED ->
          "Neutral, because its throughput beside that of %s is %s"
              .formatted(chosen, margin.verdict().words());
    };
  }

  private static String ratio(Estimate ratio) {
    return Quantity.ratio(ratio.value(), ratio.low(), ratio.high());
  }

  private Optional<String> price(
      String what, Function<Candidate, Optional<Figure>> of, DoubleFunction<String> unit) {
    Optional<Figure> least =
        decision.candidates().stream()
            .flatMap(each -> of.apply(each).stream())
            .min(Comparator.comparingDouble(each -> each.estimate().value()));
    return of.apply(option)
        .map(own -> {
          String amount = words(own.estimate(), unit) + " " + what;
          double factor = own.estimate().value() / least.orElse(own).estimate().value();
          return own.dearerThan(least.orElse(own))
              ? "Bad, because it takes " + amount + ", " + Wording.times(factor) + " the least"
              : "Good, because it takes " + amount;
        });
  }

  private static String words(Estimate estimate, DoubleFunction<String> unit) {
    return Quantity.within(estimate.value(), estimate.low(), estimate.high(), unit);
  }
}
