package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.Facts.FootprintPair;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The two sentences that matter most: what to choose, and why: how the models compare in
/// throughput and what forking costs beside it.
final class Headline {

  private static final String MARGIN = Wording.percent(Analysis.EQUIVALENCE_MARGIN);

  private final Facts facts;
  private final Cell cell;

  private Headline(Facts facts, Cell cell) {
    this.facts = facts;
    this.cell = cell;
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
    return Advice.of(this::throughput, this::footprints);
  }

  private String comparison() {
    List<String> clauses = new ArrayList<>();
    threadsAndVirtual().ifPresent(clauses::add);
    fork().ifPresent(clauses::add);
    if (clauses.isEmpty()) {
      clauses.addAll(alone());
    }
    return String.join("; ", clauses);
  }

  private Optional<Finding> throughput(Model model, Model against) {
    return facts.finding(Metric.THROUGHPUT, cell, model, against);
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

  private Optional<String> threadsAndVirtual() {
    return throughput(Model.THREADS, Model.VIRTUAL)
        .map(found ->
            switch (found.verdict()) {
              case SAME -> "platform and virtual threads are the same within " + MARGIN;
              case FASTER -> "platform threads " + faster(found) + "virtual threads";
              case SLOWER -> "platform threads " + reach(found, "virtual threads");
              case INCONCLUSIVE ->
                  "platform against virtual threads is undecided (" + range(found) + ")";
              case UNMEASURED -> "platform threads " + tooWide("virtual threads");
            });
  }

  /// Fork against both kinds of threads.
  private Optional<String> fork() {
    Optional<Finding> threads = throughput(Model.FORK, Model.THREADS);
    Optional<Finding> virtual = throughput(Model.FORK, Model.VIRTUAL);
    Optional<String> speed =
        threads.isPresent() && virtual.isPresent()
            ? Optional.of(both(threads.get(), virtual.get()))
            : threads
                .map(found -> against(found, "platform threads"))
                .or(() -> virtual.map(found -> against(found, "virtual threads")));
    return speed.map(words -> "forked processes " + words + cost());
  }

  private static String against(Finding found, String other) {
    return switch (found.verdict()) {
      case SLOWER -> reach(found, other);
      case FASTER -> faster(found) + other;
      case SAME -> "keep up with " + other + " within " + MARGIN;
      case INCONCLUSIVE -> "cannot be told from " + other + " yet (" + range(found) + ")";
      case UNMEASURED -> tooWide(other);
    };
  }

  private static String tooWide(String other) {
    return "are " + Verdict.UNMEASURED_WORDS + " against " + other;
  }

  /// As [#against] of both kinds of threads, without saying the same verb twice.
  private static String both(Finding threads, Finding virtual) {
    String one = against(threads, "platform threads");
    String other = against(virtual, "virtual threads");
    if (threads.verdict() != virtual.verdict()) {
      return one + " and " + other;
    }
    return switch (threads.verdict()) {
      case SLOWER -> one + " and " + other.substring("reach ".length());
      case FASTER -> one + " and " + other.substring("are ".length());
      case SAME -> "keep up with platform threads and with virtual threads within " + MARGIN;
      case INCONCLUSIVE -> one + ", nor from virtual threads (" + range(virtual) + ")";
      case UNMEASURED -> one + " and virtual threads";
    };
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

  /// Fork beside threads of either kind.
  private Optional<FootprintPair> footprintPair() {
    return facts
        .footprints(cell, Model.FORK, Model.THREADS)
        .or(() -> facts.footprints(cell, Model.FORK, Model.VIRTUAL));
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
      if (result.cell().equals(cell) && result.model().role() == Model.Role.CANDIDATE) {
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
