package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.Cell;
import dev.forklab.results.Warning.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What limits an answer, most important first: what makes numbers wrong, then what makes them
/// uncertain, then what they do not speak of. Those that could change the headline, because they
/// touch the cell that it speaks of, stand before the others.
final class Caveats {

  private static final List<Kind> WRONG =
      List.of(Kind.WRONG_REPLY, Kind.COUNT_MISMATCH, Kind.TRIAL_FAILED, Kind.INCOMPLETE);
  private static final List<Kind> UNCERTAIN =
      List.of(
          Kind.NOT_PINNED,
          Kind.CPU_THROTTLED,
          Kind.MEMORY_PRESSURE,
          Kind.SWAPPING,
          Kind.BUSY_MACHINE,
          Kind.STANDSTILL,
          Kind.NOISY,
          Kind.ISOLATION_DISAGREES,
          Kind.NOT_STEADY,
          Kind.STILL_WARMING_UP,
          Kind.TOTALS_DIFFER,
          Kind.TASK_TIME_OFF);
  private static final List<Kind> MACHINE =
      List.of(Kind.VIRTUAL_MACHINE, Kind.CPU_STEAL, Kind.SMT, Kind.NUMA, Kind.APPROXIMATE_MEMORY);

  private final Facts facts;
  private final List<String> decisive = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  private Caveats(Facts facts) {
    this.facts = facts;
  }

  static Caveats of(Facts facts) {
    Caveats caveats = new Caveats(facts);
    caveats.warned(WRONG);
    caveats.tooWide();
    caveats.inconclusive();
    caveats.launches();
    caveats.noise();
    caveats.warned(UNCERTAIN);
    caveats.oversubscribed();
    caveats.warned(MACHINE);
    caveats.scope();
    return caveats;
  }

  /// All of them.
  List<String> inOrder() {
    return Stream.concat(decisive.stream(), others.stream()).toList();
  }

  /// How many of them could change the headline.
  int decisive() {
    return decisive.size();
  }

  private void add(boolean couldChangeTheHeadline, String caveat) {
    (couldChangeTheHeadline ? decisive : others).add(caveat);
  }

  /// Whether the headline rests on a cell.
  private boolean isMain(Cell cell) {
    return facts.mainCell().filter(cell::equals).isPresent();
  }

  private void warned(List<Kind> kinds) {
    for (Kind kind : kinds) {
      List<PlacedWarning> of =
          facts.warnings().stream()
              .filter(placed -> placed.warning().kind() == kind)
              .filter(placed -> !onlyBefore(placed))
              .toList();
      if (!of.isEmpty()) {
        PlacedWarning first = of.getFirst();
        String title = kind.title();
        add(
            !kinds.equals(MACHINE)
                && of.stream()
                    .anyMatch(placed -> facts.mainCell().filter(placed::appliesTo).isPresent()),
            Character.toUpperCase(title.charAt(0))
                + title.substring(1)
                + " ("
                + (first.where().equals(Warnings.HOST) ? first.warning().detail() : first.where())
                + "): "
                + kind.advice()
                + ".");
      }
    }
  }

  /// Load before the run limits no answer, unless it was seen in a trial as well.
  private static boolean onlyBefore(PlacedWarning placed) {
    return placed.warning().kind() == Kind.BUSY_MACHINE && placed.where().equals(Warnings.HOST);
  }

  /// What no ratio is shown of, and what would help.
  private void tooWide() {
    List<String> where = new ArrayList<>();
    int count = 0;
    for (Metric metric : Metric.values()) {
      List<Finding> all =
          facts.findings().stream().filter(found -> found.metric() == metric).toList();
      int wide = (int) all.stream().filter(found -> found.verdict() == Verdict.UNMEASURED).count();
      if (wide > 0) {
        where.add(metric.label() + " " + wide + " of " + all.size());
        count += wide;
      }
    }
    if (count > 0) {
      add(
          facts.findings().stream()
              .anyMatch(found -> isMain(found.cell()) && found.verdict() == Verdict.UNMEASURED),
          "%s %s %s to be shown, since their intervals are wider than a factor of %s either way (%s): %s."
              .formatted(
                  Wording.count(count, "comparison"),
                  count == 1 ? "is" : "are",
                  Verdict.UNMEASURED_WORDS,
                  Estimate.MOST_FACTOR,
                  String.join(", ", where),
                  Verdict.WHAT_HELPS));
    }
  }

  private void inconclusive() {
    List<Finding> throughput =
        facts.findings().stream().filter(found -> found.metric() == Metric.THROUGHPUT).toList();
    long open =
        throughput.stream().filter(found -> found.verdict() == Verdict.INCONCLUSIVE).count();
    if (open > 0) {
      add(
          false,
          open
              + " of "
              + throughput.size()
              + " comparisons of throughput are inconclusive, which is not the same as equal.");
    }
  }

  /// How much launches differ is not seen where there was one.
  private void launches() {
    List<String> once = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      int all = cells(metric, false).size();
      int alone = cells(metric, true).size();
      if (alone > 0) {
        once.add(metric.label() + (alone == all ? "" : " in " + alone + " of " + all + " cells"));
      }
    }
    if (!once.isEmpty()) {
      add(
          cells(Metric.THROUGHPUT, true).stream().anyMatch(this::isMain),
          "Measured in one launch only: "
              + String.join("; ", once)
              + ". There the spread between launches is assumed, not measured; more time (--time) gives"
              + " more launches.");
    }
  }

  private List<Cell> cells(Metric metric, boolean onlyOfOneLaunch) {
    return facts.findings().stream()
        .filter(found -> found.metric() == metric)
        .filter(found -> !onlyOfOneLaunch || found.ratio().samples() == 1)
        .map(Finding::cell)
        .distinct()
        .toList();
  }

  private void noise() {
    double[] widths =
        facts.noise().stream()
            .filter(found -> found.metric() == Metric.THROUGHPUT && found.ratio().hasInterval())
            .mapToDouble(found -> found.ratio().relativeHalfWidth())
            .toArray();
    Optional<Estimate> known = facts.noiseFloor().filter(floor -> !floor.tooWide());
    if (known.isPresent() && widths.length > 0) {
      Estimate floor = known.get();
      add(
          false,
          "Noise floor: comparing identical code gave "
              + Wording.ratio(floor)
              + " over the run, ±"
              + Wording.percent(Quantiles.median(widths))
              + " in the median cell; smaller differences cannot be seen.");
    }
  }

  private void oversubscribed() {
    List<Integer> workers =
        facts.cells().stream()
            .map(CellResult::cell)
            .filter(Cell::oversubscribed)
            .map(Cell::workers)
            .distinct()
            .sorted(Comparator.naturalOrder())
            .toList();
    if (!workers.isEmpty()) {
      add(
          facts.mainCell().filter(Cell::oversubscribed).isPresent(),
          "Oversubscribed: "
              + Wording.list(workers.stream().map(String::valueOf).toList())
              + " workers share "
              + Wording.count(facts.run().host().cpus(), "CPU")
              + "; those cells do not show how the models scale to more CPUs.");
    }
  }

  private void scope() {
    if (!facts.findings().isEmpty()) {
      add(
          false,
          "This is the workload '"
              + facts.run().plan().workload()
              + "' on one machine; work that allocates or waits for memory may rank the models"
              + " differently.");
    }
  }
}
