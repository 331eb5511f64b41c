package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.Replication;
import dev.forklab.reports.analysis.Replication.Comparison;
import dev.forklab.reports.analysis.Replication.Count;
import dev.forklab.reports.analysis.Replication.Unpaired;
import dev.forklab.reports.analysis.RunClaims;
import dev.forklab.reports.analysis.RunClaims.Claim;
import dev.forklab.reports.analysis.RunClaims.Question;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.Cell;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// How well runs agree, in 80 columns: the summary, what contradicts, what was left out, then each
/// comparison with a line for each run.
final class CompareText {

  private static final int COLUMNS = 80;

  private final Replication found;
  private final PrintWriter out;
  private final Paragraphs paragraphs;

  private CompareText(Replication found, PrintWriter out) {
    this.found = found;
    this.out = out;
    this.paragraphs = new Paragraphs(out, COLUMNS);
  }

  static void print(Replication found, PrintWriter out) {
    CompareText text = new CompareText(found, out);
    text.paragraphs.print("", text.summary());
    text.contradictions();
    found.leftOut().forEach(words -> text.paragraphs.print("  ! ", words));
    text.runs();
    text.metrics();
    found.comparisons().forEach(text::comparison);
    out.flush();
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
        .filter(Unpaired::contradict)
        .count();
  }

  private void contradictions() {
    for (Comparison comparison : found.comparisons()) {
      for (Unpaired pair : comparison.pairs()) {
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
    return "run " + (run + 1) + " says " + words(claim.verdict());
  }

  private void runs() {
    out.println();
    for (int run = 0; run < found.runs().size(); run++) {
      out.println("run " + (run + 1) + ": " + found.runs().get(run).name());
    }
  }

  private void metrics() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", "pairs", "disjoint", "differ at 5%"));
    for (Metric metric : Metric.values()) {
      Count count = found.count(metric);
      if (count.comparable() > 0) {
        rows.add(row(metric.label(), count));
      }
    }
    rows.add(row("all", found.count()));
    table(rows);
  }

  private static List<String> row(String label, Count count) {
    return List.of(
        label,
        Quantity.count(count.comparable()),
        Quantity.count(count.disjoint()),
        Quantity.count(count.differ()));
  }

  private void comparison(Comparison comparison) {
    out.println();
    out.println(heading(comparison.question()));
    out.print(where(comparison.question().cell()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("run", "ratio, 95% interval", "verdict", "a task took"));
    comparison
        .claims()
        .forEach((run, claim) ->
            rows.add(
                List.of(
                    String.valueOf(run + 1),
                    ratio(claim),
                    words(claim.verdict()),
                    taskTime(found.runs().get(run), comparison.question().cell()))));
    table(rows);
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

  private static String words(Verdict verdict) {
    return verdict == Verdict.UNMEASURED
        ? Verdict.UNMEASURED_WORDS
        : verdict.name().toLowerCase(Locale.ROOT);
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

  /// Columns as wide as they must be.
  private void table(List<List<String>> rows) {
    out.println();
    for (List<String> row : rows) {
      List<String> padded = new ArrayList<>();
      for (int column = 0; column < row.size(); column++) {
        int of = column;
        int width = rows.stream().mapToInt(each -> each.get(of).length()).max().orElse(0);
        String text = row.get(column);
        padded.add(text + " ".repeat(width - text.length()));
      }
      out.println(("  " + String.join("  ", padded)).stripTrailing());
    }
  }
}
