package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Footprint;
import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.reports.results.MemorySample.Phase;
import dev.forklab.reports.units.CellNames;
import java.util.ArrayList;
import java.util.List;

/// Tables of memory and start-up: a row for each cell, model and state.
final class FootprintTables {

  private final Analysis analysis;

  FootprintTables(Analysis analysis) {
    this.analysis = analysis;
  }

  Table memory() {
    List<List<Entry>> rows = new ArrayList<>();
    for (Footprint footprint : analysis.footprints()) {
      for (Phase phase : Phase.values()) {
        Memory memory = footprint.memory().get(phase);
        if (memory != null) {
          rows.add(row(footprint, phase, memory));
        }
      }
    }
    return new Table(
        "table-memory",
        "Memory of the whole process tree, one model alive; ± is half of the 95% interval",
        Table.entries(
            "workers", "model", "state", "PSS", "USS", "RSS", "heap used", "heap committed"),
        rows);
  }

  Table startUp() {
    List<List<Entry>> rows = new ArrayList<>();
    for (Footprint footprint : analysis.footprints()) {
      rows.add(
          List.of(
              Entry.of(CellNames.workers(footprint.cell())),
              Wording.model(footprint.model()),
              Entry.number(Numbers.time(footprint.firstReply())),
              Entry.number(Numbers.time(footprint.allReplies())),
              Entry.number(Integer.toString(footprint.firstReply().samples()))));
    }
    return new Table(
        "table-start-up",
        "From asking for a pool until its replies; ± is half of the 95% interval",
        Table.entries("workers", "model", "first reply", "replies of all workers", "starts"),
        rows);
  }

  private static List<Entry> row(Footprint footprint, Phase phase, Memory memory) {
    return List.of(
        Entry.of(CellNames.workers(footprint.cell())),
        Wording.model(footprint.model()),
        Entry.of(Wording.phase(phase)),
        Entry.number(Numbers.memory(memory.pss())),
        Entry.number(Numbers.memory(memory.uss())),
        Entry.number(Numbers.memory(memory.rss())),
        Entry.number(Numbers.memory(memory.heapUsed())),
        Entry.number(Numbers.memory(memory.heapCommitted())));
  }
}
