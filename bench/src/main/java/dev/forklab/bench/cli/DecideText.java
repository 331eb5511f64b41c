package dev.forklab.bench.cli;

import dev.forklab.reports.decision.Decision;
import dev.forklab.reports.decision.DecisionTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// A decision in 80 columns: the sentence, the candidates side by side, what rules some out, what
/// would change the answer, and what was not measured.
final class DecideText {

  private DecideText() {}

  static void print(Decision decision, PrintWriter out) {
    Paragraphs paragraphs = new Paragraphs(out, Terminals.USUAL_COLUMNS);
    paragraphs.print("", decision.sentence());
    out.println();
    List<List<String>> rows = new ArrayList<>();
    rows.add(DecisionTable.columns(decision));
    rows.addAll(DecisionTable.rows(decision));
    AlignedRows.print(rows, Terminals.USUAL_COLUMNS, out);
    paragraphs.print("  ", DecisionTable.LEGEND);
    if (DecisionTable.hasPredictions(decision)) {
      paragraphs.print("  ", DecisionTable.NOT_MEASURED_LEGEND);
    }
    list("Requirements", decision.rulings(), paragraphs, out);
    list("What would change this", decision.changes(), paragraphs, out);
    list("Not measured", decision.predictions(), paragraphs, out);
    out.flush();
  }

  private static void list(
      String heading, List<String> lines, Paragraphs paragraphs, PrintWriter out) {
    if (!lines.isEmpty()) {
      out.println();
      out.println(heading);
      lines.forEach(line -> paragraphs.print("  - ", line));
    }
  }
}
