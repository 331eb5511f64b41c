package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.RunClaims;
import dev.forklab.reports.analysis.RunClaims.Claim;
import dev.forklab.reports.analysis.RunClaims.Question;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.stats.Welch;
import dev.forklab.results.units.CellNames;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a run said beside its long reference: a sentence, then a line for each comparison.
final class ReferenceText {

  private static final int COLUMNS = 80;

  /// The share of comparisons in which the run's interval is expected to contain the reference.
  private static final String EXPECTED = "9 in 10";

  private ReferenceText() {}

  /// One comparison that both have.
  private record Row(Question question, Claim run, Claim reference) {
    boolean measured() {
      return run.verdict() != Verdict.UNMEASURED && run.ratio().hasInterval();
    }

    boolean holds() {
      Estimate own = run.ratio();
      double found = reference.ratio().value();
      return own.low() <= found && found <= own.high();
    }

    /// Whether the two differ by more than the errors of both explain, at 5%.
    boolean differs() {
      return Welch.difference(run.log(), reference.log()).differenceProbability() < 0.05;
    }
  }

  static void print(RunClaims run, RunClaims reference, PrintWriter out) {
    List<Row> rows = rows(run, reference);
    List<Row> measured = rows.stream().filter(Row::measured).toList();
    int unmeasured = rows.size() - measured.size();
    new Paragraphs(out, COLUMNS)
        .print(
            "",
            ("%d of %d comparisons of throughput hold the reference within their 95%% interval"
                    + " (expected: %s or more, were the reference exact); %d differ by more than"
                    + " the errors of both explain, by Welch's test at 5%% (expected: about 5%%)%s.")
                .formatted(
                    measured.stream().filter(Row::holds).count(),
                    measured.size(),
                    EXPECTED,
                    measured.stream().filter(Row::differs).count(),
                    unmeasured == 0
                        ? ""
                        : "; %d more are not measured well enough".formatted(unmeasured)));
    out.println("run:       " + run.name());
    out.println("reference: " + reference.name());
    String cell = "";
    for (Row row : rows) {
      String named =
          new CellNames(List.of(row.question().cell()), reference.taskTimes()::name).common();
      if (!named.equals(cell)) {
        out.println();
        out.println(named);
        cell = named;
      }
      out.println(line(row));
    }
    out.flush();
  }

  private static List<Row> rows(RunClaims run, RunClaims reference) {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Question, Claim> found : reference.claims().entrySet()) {
      Claim own = run.claims().get(found.getKey());
      if (own != null && found.getKey().metric() == Metric.THROUGHPUT) {
        rows.add(new Row(found.getKey(), own, found.getValue()));
      }
    }
    return rows;
  }

  private static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "  %-18s run %s  reference %s  %s",
        row.question().model().id() + " / " + row.question().against().id(),
        words(row.run().ratio()),
        words(row.reference().ratio()),
        !row.measured() ? "?" : row.holds() ? "holds" : row.differs() ? "DIFFERS" : "misses");
  }

  private static String words(Estimate ratio) {
    return String.format(Locale.ROOT, "%.3f (%.3f-%.3f)", ratio.value(), ratio.low(), ratio.high());
  }
}
