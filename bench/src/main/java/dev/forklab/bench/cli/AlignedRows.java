package dev.forklab.bench.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.IntStream;

/// Rows in columns as wide as their longest entry: the first flush left, the others flush right.
final class AlignedRows {

  private static final int GAP = 2;

  private AlignedRows() {}

  /// @param columns how wide lines should be; rows that are too wide for it stand closer together
  static void print(List<List<String>> rows, int columns, PrintWriter out) {
    int[] widths = widths(rows);
    boolean fits = IntStream.of(widths).sum() + GAP * (widths.length - 1) <= columns;
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String padding = " ".repeat(widths[column] - row.get(column).length());
        line.append(column == 0 ? "" : " ".repeat(fits ? GAP : 1))
            .append(column == 0 ? row.get(column) + padding : padding + row.get(column));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /// How wide each column must be; all rows are as long as the first.
  static int[] widths(List<List<String>> rows) {
    return IntStream.range(0, rows.getFirst().size())
        .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
        .toArray();
  }
}
