package dev.forklab.reports.html;

import dev.forklab.reports.compare.Change;
import dev.forklab.reports.compare.ChangeWords;
import dev.forklab.reports.compare.Changes;
import dev.forklab.reports.compare.Differences;
import dev.forklab.reports.html.Table.Entry;
import java.util.ArrayList;
import java.util.List;

/// What changed from a baseline to other runs, to paste into a pull request: of each run the
/// answer, in what the two differ, and a table of what changed; the rest is counted.
public final class ChangeMarkdown {

  private ChangeMarkdown() {}

  /// The text for these comparisons with one baseline.
  public static String of(List<Changes> comparisons) {
    return String.join("\n", comparisons.stream().map(ChangeMarkdown::section).toList());
  }

  private static String section(Changes changes) {
    List<String> parts = new ArrayList<>();
    parts.add("## " + Markdown.text(ChangeWords.answer(changes)) + "\n");
    parts.add(Markdown.text(changes.name() + " against the baseline " + changes.baseline()) + "\n");
    StringBuilder notes = new StringBuilder();
    for (Differences.Entry entry : changes.differences().entries()) {
      notes.append(bullet(entry.what() + ": " + entry.before() + " → " + entry.after()));
    }
    changes.notes().forEach(note -> notes.append(bullet(note)));
    parts.add(notes.toString());
    if (!changes.changed().isEmpty()) {
      parts.add(Markdown.table(table(changes)));
      String rest = ChangeWords.rest(changes);
      parts.add(rest.isEmpty() ? "" : Markdown.text("Of the others: " + rest + ".") + "\n");
    }
    parts.add(Markdown.text(ChangeWords.method(changes)) + "\n");
    parts.removeIf(String::isEmpty);
    return String.join("\n", parts);
  }

  private static String bullet(String text) {
    return "- " + Markdown.text(text) + "\n";
  }

  private static Table table(Changes changes) {
    List<List<Entry>> rows = new ArrayList<>();
    for (Change change : changes.changed()) {
      rows.add(
          Table.entries(
              ChangeWords.cell(change.subject().cell()),
              change.subject().model().id(),
              change.subject().aspect().label(),
              ChangeWords.interval(change),
              ChangeWords.word(change),
              change.absolute().map(ChangeWords::interval).orElse("")));
    }
    return new Table(
        "changes",
        "What changed",
        Table.entries("cell", "model", "number", "change", "verdict", "absolute change"),
        rows);
  }
}
