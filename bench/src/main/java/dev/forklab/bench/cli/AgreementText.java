package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.RunClaims;
import dev.forklab.reports.analysis.RunClaims.Claim;
import dev.forklab.reports.analysis.RunClaims.Question;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.compare.Replication;
import dev.forklab.reports.compare.Replication.Comparison;
import dev.forklab.reports.compare.Replication.Count;
import dev.forklab.reports.compare.Replication.Pair;
import dev.forklab.results.Cell;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// How well runs agree, in 80 columns: the summary, what contradicts, what was left out, then each
/// comparison with a line for each run. The second of two runs may be a long reference of the
/// first, which then has one more column.
final class AgreementText {

  private final Replication found;
  private final boolean reference;
  private final PrintWriter out;
  private final Paragraphs paragraphs;

  private AgreementText(Replication found, boolean reference, PrintWriter out) {
    this.found = found;
    this.reference = reference;
    this.out = out;
    this.paragraphs = new Paragraphs(out, Terminals.USUAL_COLUMNS);
  }

  static void print(Replication found, PrintWriter out) {
    AgreementText text = new AgreementText(found, false, out);
    text.paragraphs.print("", text.summary());
    text.contradictions();
    text.runs();
    text.metrics();
    found.comparisons().forEach(text::comparison);
    out.flush();
  }

  /// @param found of a run and its reference
  static void printReference(Replication found, PrintWriter out) {
    AgreementText text = new AgreementText(found, true, out);
    text.paragraphs.print("", text.held());
    text.runs();
    found.comparisons().forEach(text::comparison);
    out.flush();
  }

  private String held() {
    List<String> held = found.comparisons().stream().map(each -> held(each, 0)).toList();
    long unknown = held.stream().filter(Quantity.NOT_MEASURED::equals).count();
    long differ = held.stream().filter("DIFFERS"::equals).count();
    return ("%d of %d comparisons of throughput hold the reference within their 95%% interval"
            + " (expected: 9 in 10 or more, were the reference exact); %d differ by more than the"
            + " errors of both explain, by Welch's test at 5%% (expected: about 5%%)%s.")
        .formatted(
            held.stream().filter("holds"::equals).count(),
            held.size() - unknown,
            differ,
            unknown == 0 ? "" : "; " + unknown + " more are not measured well enough");
  }

  /// Whether the interval of a run's answer holds the reference's; nothing of the reference itself.
  private static String held(Comparison comparison, int run) {
    Claim own = Objects.requireNonNull(comparison.claims().get(0));
    Claim reference = Objects.requireNonNull(comparison.claims().get(1));
    if (run > 0) {
      return "";
    }
    if (!own.comparable()) {
      return Quantity.NOT_MEASURED;
    }
    double truth = reference.ratio().value();
    return own.ratio().low() <= truth && truth <= own.ratio().high()
        ? "holds"
        : comparison.pairs().getFirst().differ() ? "DIFFERS" : "misses";
  }

  private String summary() {
    int runs = found.runs().size();
    int comparisons = found.comparisons().size();
    Count count = found.count();
    String pairs = counted(runs * (runs - 1) / 2, "pair") + " of runs, ";
    if (count.comparable() == 0) {
      return pairs + "no comparison that two of them have and measured well enough.";
    }
    boolean all =
        found.comparisons().stream().allMatch(comparison -> comparison.claims().size() == runs);
    return pairs
        + (all ? "" : "up to ")
        + counted(comparisons, "comparison")
        + " each: the 95% intervals of "
        + share(count.disjoint(), count.comparable())
        + " exclude each other (expected: about 1%, 5% at most), "
        + share(count.differ(), count.comparable())
        + " differ by Welch's test at 5% (expected: about 5%); "
        + (count.tooWide() == 0
            ? ""
            : counted(count.tooWide(), "pair") + " not counted, " + Verdict.UNMEASURED_WORDS + "; ")
        + (contradicting() == 0
            ? "no two verdicts contradict."
            : contradicting() == 1
                ? "the verdicts of 1 pair contradict."
                : "the verdicts of " + contradicting() + " pairs contradict.");
  }

  private long contradicting() {
    return found.comparisons().stream()
        .flatMap(comparison -> comparison.pairs().stream())
        .filter(Pair::contradict)
        .count();
  }

  private void contradictions() {
    for (Comparison comparison : found.comparisons()) {
      for (Pair pair : comparison.pairs()) {
        if (pair.contradict()) {
          paragraphs.print(
              "  ! ",
              heading(comparison.question())
                  + ", "
                  + where(comparison.question().cell())
                  + ": "
                  + says(comparison, pair.first())
                  + ", "
                  + says(comparison, pair.second())
                  + ".");
        }
      }
    }
  }

  private static String says(Comparison comparison, int run) {
    Claim claim = Objects.requireNonNull(comparison.claims().get(run));
    return "run " + (run + 1) + " says " + claim.verdict().words();
  }

  private void runs() {
    found.leftOut().forEach(words -> paragraphs.print("  ! ", words));
    out.println();
    for (int run = 0; run < found.runs().size(); run++) {
      out.println(label(run) + ": " + found.runs().get(run).name());
    }
  }

  private String label(int run) {
    return reference ? run == 0 ? "run" : "reference" : "run " + (run + 1);
  }

  private void metrics() {
    AlignedTable table = new AlignedTable("metric", "pairs", "disjoint", "differ at 5%");
    for (Metric metric : Metric.values()) {
      Count count = found.count(metric);
      if (count.comparable() > 0) {
        row(table, metric.label(), count);
      }
    }
    row(table, "all", found.count());
    out.println();
    table.print(out);
  }

  private static void row(AlignedTable table, String label, Count count) {
    table.row(
        label,
        Quantity.count(count.comparable()),
        Quantity.count(count.disjoint()),
        Quantity.count(count.differ()));
  }

  private void comparison(Comparison comparison) {
    out.println();
    out.println(heading(comparison.question()));
    out.println(where(comparison.question().cell()));
    AlignedTable table =
        new AlignedTable(
            "run", "ratio, 95% interval", "verdict", "a task took", reference ? "reference" : "");
    comparison
        .claims()
        .forEach((run, claim) ->
            table.row(
                reference ? label(run) : String.valueOf(run + 1),
                ratio(claim),
                claim.verdict().words(),
                taskTime(found.runs().get(run), comparison.question().cell()),
                reference ? held(comparison, run) : ""));
    table.print(out);
  }

  private static String heading(Question question) {
    return question.metric().label()
        + ", "
        + question.model().id()
        + " / "
        + question.against().id();
  }

  private static String where(Cell cell) {
    return CellNames.workers(cell)
        + ", "
        + Quantity.size(cell.messageBytes())
        + ", tasks asked for: "
        + Quantity.chosenTime(cell.taskNanos());
  }

  private static String ratio(Claim claim) {
    Estimate ratio = claim.ratio();
    return claim.verdict() == Verdict.UNMEASURED || ratio.tooWide() || !ratio.hasInterval()
        ? Quantity.NOT_MEASURED
        : "%s (%s to %s)"
            .formatted(
                Quantity.ratio(ratio.value()),
                Quantity.ratio(ratio.low()),
                Quantity.ratio(ratio.high()));
  }

  private static String taskTime(RunClaims run, Cell cell) {
    return run.taskTimes().reachedNanos(cell).stream()
        .mapToObj(nanos -> Quantity.timeBeside(nanos, cell.taskNanos()))
        .findFirst()
        .orElse(Quantity.NOT_MEASURED);
  }

  private static String counted(int number, String noun) {
    return Quantity.count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  private static String share(int of, int all) {
    return "%s of %s pairs (%s%%)"
        .formatted(
            Quantity.count(of),
            Quantity.count(all),
            String.format(Locale.ROOT, "%.1f", 100.0 * of / all));
  }
}
