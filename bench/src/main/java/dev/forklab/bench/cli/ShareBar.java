package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Scoreboard;
import dev.forklab.reports.analysis.Scoreboard.Row;
import dev.forklab.results.Model;
import java.util.Locale;
import java.util.Optional;

/// Shares of the best and their intervals on one scale, a few characters wide: `---o-|-`.
record ShareBar(Scoreboard.Scale scale, int columns) {

  static final int FEWEST_COLUMNS = 9;
  static final int MOST_COLUMNS = 25;

  private static final char VALUE = 'o';
  private static final char INTERVAL = '-';
  private static final char BEST = '|';

  /// Empty if no model was compared with the best.
  static Optional<ShareBar> of(Scoreboard board) {
    return board.scale().map(scale -> new ShareBar(scale, FEWEST_COLUMNS));
  }

  ShareBar wide(int other) {
    return new ShareBar(scale, other);
  }

  /// What the scale reaches from and to, at its ends.
  String ends() {
    String left = String.format(Locale.ROOT, "%.2f", scale.low());
    String right = String.format(Locale.ROOT, "%.2f", scale.high());
    return left + " ".repeat(columns - left.length() - right.length()) + right;
  }

  /// One model's: empty but for the mark of the best where it has no share.
  String of(Row row, Model best) {
    char[] bar = " ".repeat(columns).toCharArray();
    Optional<Estimate> ratio = row.share();
    ratio.ifPresent(found -> {
      for (int i = place(found.low()); i <= place(found.high()); i++) {
        bar[i] = INTERVAL;
      }
    });
    bar[place(1)] = row.model() == best ? VALUE : BEST;
    ratio.ifPresent(found -> bar[place(found.value())] = VALUE);
    return new String(bar);
  }

  private int place(double share) {
    return (int) Math.round(scale.place(share) * (columns - 1));
  }
}
