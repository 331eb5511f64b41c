package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.Facts.FootprintPair;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The two sentences that matter most: what to choose, and why: how the models compare in
/// throughput and what forking costs beside it.
final class Headline {

  private static final String MARGIN = Wording.percent(Analysis.EQUIVALENCE_MARGIN);

  private final Facts facts;
  private final Cell cell;
  private final Standing standing;

  private Headline(Facts facts, Cell cell) {
    this.facts = facts;
    this.cell = cell;
    this.standing = Standing.of(facts, cell);
  }

  /// What to choose for the work that the plan measures most.
  static String of(Facts facts) {
    return facts
        .mainCell()
        .map(cell -> new Headline(facts, cell).sentence())
        .orElseGet(() -> nothing(facts));
  }

  private static String nothing(Facts facts) {
    int planned = facts.stopping().due(facts.run().plan());
    return facts.trialsDone() == 0
        ? "Nothing can be said yet: none of " + planned + " trials has results."
        : "Nothing can be said of throughput yet: "
            + facts.trialsDone()
            + " of "
            + planned
            + " trials have results, and none of them compares models.";
  }

  /// Why, if the headline gives advice: else it says all there is to say.
  static Optional<String> why(Facts facts) {
    return facts
        .mainCell()
        .map(cell -> new Headline(facts, cell))
        .filter(headline -> headline.advice().isPresent())
        .map(headline -> Wording.sentence("in throughput, " + headline.comparison()));
  }

  private String sentence() {
    return setting() + ": " + advice().orElseGet(this::comparison) + ".";
  }

  private Optional<String> advice() {
    return Advice.of(standing, this::footprints);
  }

  private String comparison() {
    List<String> clauses = new ArrayList<>();
    Optional<Model> shared = standing.leader(standing.shared());
    clauses.addAll(amongThemselves(standing.shared()));
    if (shared.isEmpty()) {
      clauses.addAll(amongThemselves(standing.isolating()));
    } else {
      List<String> isolating =
          standing.isolating().stream()
              .flatMap(model -> compared(model, shared.get()).stream())
              .toList();
      if (!isolating.isEmpty()) {
        clauses.add(String.join(", ", isolating) + cost());
      }
    }
    if (clauses.isEmpty()) {
      clauses.addAll(alone());
    }
    return String.join("; ", clauses);
  }

  /// "On this machine (2 CPUs), for 0.97 ms tasks (asked for: 1 ms) with 4 KiB messages".
  private String setting() {
    int cpus = facts.run().host().cpus();
    String workers =
        cell.workers() == cpus ? "" : " and " + Wording.count(cell.workers(), "worker");
    return "On this machine ("
        + Wording.count(cpus, "CPU")
        + "), for "
        + facts.taskTimes().name(List.of(cell), " tasks")
        + " with "
        + Quantity.size(cell.messageBytes())
        + " messages"
        + workers;
  }

  /// Each of a group against the one that stands for it.
  private List<String> amongThemselves(List<Model> group) {
    Optional<Model> leader = standing.leader(group);
    return group.stream()
        .filter(model -> !leader.equals(Optional.of(model)))
        .flatMap(model -> leader.flatMap(best -> compared(model, best)).stream())
        .toList();
  }

  private Optional<String> compared(Model model, Model against) {
    return standing
        .throughput(model, against)
        .map(found -> model.label() + " " + against(found, against.label()));
  }

  private static String against(Finding found, String other) {
    return switch (found.verdict()) {
      case SLOWER -> reach(found, other);
      case FASTER -> faster(found) + other;
      case SAME -> "keep up with " + other + " within " + MARGIN;
      case INCONCLUSIVE -> "against " + other + ": inconclusive (" + range(found) + ")";
      case UNMEASURED -> tooWide(other);
    };
  }

  private static String tooWide(String other) {
    return "are " + Verdict.UNMEASURED_WORDS + " against " + other;
  }

  private static String reach(Finding found, String other) {
    return "reach " + Wording.ratio(found.ratio()) + " of " + other + " (" + error(found) + ")";
  }

  private static String faster(Finding found) {
    return "are " + Wording.ratio(found.ratio()) + " times as fast (" + error(found) + ") as ";
  }

  private static String error(Finding found) {
    return Wording.error(found.ratio());
  }

  private static String range(Finding found) {
    Estimate ratio = found.ratio();
    return Wording.ratio(ratio.low()) + " to " + Wording.ratio(ratio.high()) + " times";
  }

  /// "; they start in 200 ms instead of 5 ms and take 7 times the memory"
  private String cost() {
    List<String> costs = new ArrayList<>();
    Optional<FootprintPair> pair = footprintPair();
    pair.flatMap(Headline::startUps).ifPresent(costs::add);
    pair.flatMap(it -> factor(it, Facts::memory))
        .map(factor -> near(factor) ? "about the same" : Wording.times(factor) + " the")
        .ifPresent(words -> costs.add("take " + words + " memory"));
    return costs.isEmpty() ? "" : "; they " + Wording.list(costs);
  }

  /// In times, since a ratio of them says little: the lesser one is mostly the task itself.
  private static Optional<String> startUps(FootprintPair pair) {
    return Facts.start(pair.model())
        .flatMap(fork ->
            Facts.start(pair.against())
                .map(threads ->
                    near(fork.value() / threads.value())
                        ? "start about as fast"
                        : "start in "
                            + Quantity.time(fork.value())
                            + " instead of "
                            + Quantity.time(threads.value())));
  }

  private static boolean near(double factor) {
    return factor < Advice.WORTH_SAYING && factor > 1 / Advice.WORTH_SAYING;
  }

  /// What isolates best beside what does not.
  private Optional<FootprintPair> footprintPair() {
    return standing
        .leader(standing.isolating())
        .flatMap(isolating ->
            Stream.concat(
                    standing.leader(standing.shared()).stream(),
                    standing.leaders(standing.shared()).stream())
                .flatMap(shared -> facts.footprints(cell, isolating, shared).stream())
                .findFirst());
  }

  private Optional<Factors> footprints() {
    return footprintPair()
        .map(pair -> new Factors(factor(pair, Facts::start), factor(pair, Facts::memory)));
  }

  /// @param start how many times as long as threads
  /// @param memory how many times as much as threads
  record Factors(Optional<Double> start, Optional<Double> memory) {}

  private static Optional<Double> factor(
      FootprintPair pair, Function<Footprint, Optional<Estimate>> of) {
    return of.apply(pair.model())
        .flatMap(mine -> of.apply(pair.against()).map(theirs -> mine.value() / theirs.value()));
  }

  /// Each candidate against ideal, where none can be compared with another.
  private List<String> alone() {
    List<String> clauses = new ArrayList<>();
    for (CellResult result : facts.cells()) {
      if (result.cell().equals(cell) && result.model().isCandidate()) {
        result
            .efficiency()
            .ifPresent(share ->
                clauses.add(
                    result.model().label()
                        + (share.tooWide()
                            ? " are " + Verdict.UNMEASURED_WORDS + " against "
                            : " reach " + Wording.ratio(share) + " of ")
                        + "ideal (CPUs x inline)"));
      }
    }
    return clauses.isEmpty() ? List.of("no model can be compared with another") : clauses;
  }
}
