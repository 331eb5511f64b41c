package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Scoreboard;
import dev.forklab.reports.analysis.Scoreboard.Row;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Shares of the best and their intervals on one scale, a few characters wide: `---o-|-`.
///
/// @param low the share at its left end
/// @param high the share at its right end
record ShareBar(double low, double high, int columns) {

  static final int FEWEST_COLUMNS = 9;
  static final int MOST_COLUMNS = 25;

  /// The ends of a scale are multiples of this.
  private static final double STEP = 0.05;

  private static final char VALUE = 'o';
  private static final char INTERVAL = '-';
  private static final char BEST = '|';

  /// The narrowest scale that holds all intervals; empty if no model was compared with the best.
  static Optional<ShareBar> of(Scoreboard board) {
    List<Estimate> ratios = board.rows().stream().flatMap(row -> shown(row).stream()).toList();
    if (ratios.isEmpty()) {
      return Optional.empty();
    }
    double low = ratios.stream().mapToDouble(Estimate::low).min().orElse(1);
    double high = ratios.stream().mapToDouble(Estimate::high).max().orElse(1);
    return Optional.of(
        new ShareBar(
            STEP * Math.floor(Math.min(low, 1 - STEP) / STEP + 1e-9),
            STEP * Math.ceil(Math.max(high, 1 + STEP) / STEP - 1e-9),
            FEWEST_COLUMNS));
  }

  ShareBar wide(int other) {
    return new ShareBar(low, high, other);
  }

  /// What the scale reaches from and to, at its ends.
  String ends() {
    String left = String.format(Locale.ROOT, "%.2f", low);
    String right = String.format(Locale.ROOT, "%.2f", high);
    return left + " ".repeat(columns - left.length() - right.length()) + right;
  }

  /// One model's: empty but for the mark of the best where it has no share.
  String of(Row row, Model best) {
    char[] bar = " ".repeat(columns).toCharArray();
    Optional<Estimate> ratio = shown(row);
    ratio.ifPresent(found -> {
      for (int i = place(found.low()); i <= place(found.high()); i++) {
        bar[i] = INTERVAL;
      }
    });
    bar[place(1)] = row.model() == best ? VALUE : BEST;
    ratio.ifPresent(found -> bar[place(found.value())] = VALUE);
    return new String(bar);
  }

  private static Optional<Estimate> shown(Row row) {
    return row.againstBest()
        .filter(found -> found.verdict() != Verdict.UNMEASURED)
        .map(Finding::ratio);
  }

  private int place(double share) {
    double place = (share - low) / (high - low) * (columns - 1);
    return Math.clamp(Math.round(place), 0, columns - 1);
  }
}
