package dev.forklab.bench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// A table whose columns are as wide as they must be, two spaces apart and set in by two.
final class AlignedTable {

  private final List<List<String>> rows = new ArrayList<>();

  AlignedTable(String... columns) {
    row(columns);
  }

  /// Adds a row, as long as the headings.
  AlignedTable row(String... entries) {
    rows.add(List.of(entries));
    return this;
  }

  /// Adds a line that heads the rows after it.
  void heading(String text) {
    rows.add(List.of(text));
  }

  void print(PrintWriter out) {
    int[] widths = AlignedRows.widths(rows.stream().filter(row -> row.size() > 1).toList());
    for (List<String> row : rows) {
      if (row.size() == 1) {
        out.println(row.getFirst());
        continue;
      }
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String text = row.get(column);
        line.append("  ").append(text).append(" ".repeat(widths[column] - text.length()));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
