package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Aspect;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.compare.Change;
import dev.forklab.reports.compare.ChangeWords;
import dev.forklab.reports.compare.Changes;
import dev.forklab.reports.compare.Differences;
import dev.forklab.results.Cell;
import dev.forklab.results.units.Quantity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What changed from one run to another, in 80 columns: the answer, in what the runs differ, what
/// changed in each cell, and the rest as counts.
final class ChangeText {

  private final Changes changes;
  private final boolean all;
  private final PrintWriter out;
  private final Paragraphs paragraphs;

  private ChangeText(Changes changes, boolean all, PrintWriter out) {
    this.changes = changes;
    this.all = all;
    this.out = out;
    this.paragraphs = new Paragraphs(out, Terminals.USUAL_COLUMNS);
  }

  /// @param all whether to show what did not change as well
  static void print(Changes changes, boolean all, PrintWriter out) {
    ChangeText text = new ChangeText(changes, all, out);
    text.paragraphs.print("", ChangeWords.answer(changes));
    text.differences();
    text.cells();
    text.counts();
    text.notes();
    out.flush();
  }

  private void differences() {
    out.println();
    paragraphs.print("baseline: ", changes.baseline());
    paragraphs.print("compared: ", changes.name());
    if (changes.differences().entries().isEmpty()) {
      out.println("what differs: nothing that the lab knows of");
      return;
    }
    out.println("what differs:");
    for (Differences.Entry entry : changes.differences().entries()) {
      paragraphs.print("  ", entry.what() + ": " + entry.before() + " -> " + entry.after());
    }
  }

  private void cells() {
    Map<Cell, List<Change>> cells = new LinkedHashMap<>();
    for (Change change : all ? changes.changes() : changes.changed()) {
      cells.computeIfAbsent(change.subject().cell(), _ -> new ArrayList<>()).add(change);
    }
    if (cells.isEmpty()) {
      return;
    }
    boolean absolute = changes.changes().stream().anyMatch(each -> each.absolute().isPresent());
    AlignedTable table =
        new AlignedTable("number", "model", "change (95%)", "verdict", absolute ? "absolute" : "");
    cells.forEach((cell, of) -> {
      table.heading(ChangeWords.cell(cell));
      of.forEach(change ->
          table.row(
              change.subject().aspect().label(),
              change.subject().model().id(),
              ChangeWords.interval(change),
              ChangeWords.word(change),
              ChangeWords.absolute(change)));
    });
    out.println();
    table.print(out);
  }

  private void counts() {
    if (changes.changes().isEmpty()) {
      return;
    }
    AlignedTable table =
        new AlignedTable(
            "number", "compared", "better", "worse", "same", "inconclusive", "not measured");
    for (Aspect aspect : Aspect.values()) {
      List<Change> of =
          changes.changes().stream().filter(change -> change.subject().aspect() == aspect).toList();
      if (!of.isEmpty()) {
        table.row(row(aspect.label(), of));
      }
    }
    out.println();
    table.row(row("all", changes.changes())).print(out);
  }

  private static String[] row(String label, List<Change> of) {
    List<String> row = new ArrayList<>(List.of(label, Quantity.count(of.size())));
    Arrays.stream(Verdict.values())
        .map(verdict -> of.stream().filter(change -> change.verdict() == verdict).count())
        .map(Quantity::count)
        .forEach(row::add);
    return row.toArray(String[]::new);
  }

  private void notes() {
    out.println();
    if (!changes.changes().isEmpty()) {
      paragraphs.print("", ChangeWords.method(changes));
    }
    changes.notes().forEach(note -> paragraphs.print("  ! ", note));
  }
}
