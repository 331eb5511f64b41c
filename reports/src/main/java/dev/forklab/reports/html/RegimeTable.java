package dev.forklab.reports.html;

import dev.forklab.reports.analysis.RegimeWords;
import dev.forklab.reports.cost.Prediction.Basis;
import dev.forklab.reports.cost.RegimeMap;
import dev.forklab.reports.cost.RegimeMap.Spot;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.reports.stats.Inference;
import dev.forklab.results.Cell;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;

/// Task time by message size, as a table whose colors only repeat what its words say.
final class RegimeTable {

  static final String KEY =
      "Each entry names the fastest model, and those that cannot be told from it or are the same"
          + " within "
          + Quantity.percent(Inference.SAME)
          + "; by how much they lead the next; and what isolation costs in throughput: the"
          + " fastest model with processes of its own against the fastest without. ● was measured;"
          + " the rest is predicted, in italics where it lies beyond the measured cells. Green:"
          + " isolation certainly costs less than "
          + Quantity.percent(RegimeMap.NEARLY_FREE)
          + "; red: certainly more than "
          + Quantity.percent(RegimeMap.EXPENSIVE)
          + ".";

  private RegimeTable() {}

  static Table of(RegimeMap map, Cell base) {
    List<Entry> columns = new ArrayList<>();
    columns.add(Entry.of("task"));
    map.messageBytes()
        .forEach(bytes -> columns.add(Entry.of(Quantity.size(Math.round(bytes)) + " messages")));
    List<List<Entry>> rows = new ArrayList<>();
    for (int row = 0; row < map.taskNanos().size(); row++) {
      List<Entry> entries = new ArrayList<>();
      entries.add(Entry.of(Quantity.chosenTime(map.taskNanos().get(row))));
      for (int column = 0; column < map.messageBytes().size(); column++) {
        entries.add(entry(map.spot(row, column)));
      }
      rows.add(entries);
    }
    return new Table(
        "table-regimes",
        "Which model is fastest for which task and message, and what isolation costs ("
            + CellNames.workers(base)
            + ")",
        columns,
        rows);
  }

  private static Entry entry(Spot spot) {
    String isolation = RegimeWords.isolation(spot);
    return new Entry(
        (spot.measured() ? "● " : "")
            + RegimeWords.winners(spot)
            + (isolation.isEmpty() ? "" : "; " + isolation),
        style(spot));
  }

  private static String style(Spot spot) {
    String regime =
        spot.isolationNearlyFree()
            ? "regime free"
            : spot.isolationExpensive() ? "regime dear" : "regime";
    return regime
        + (spot.measured() ? " measured" : "")
        + (spot.basis() == Basis.WITHIN ? "" : " beyond");
  }
}
