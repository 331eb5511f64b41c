package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Footprint;
import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.reports.analysis.Footprint.Shares;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

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

  /// What memory is made of, under load.
  Table shares() {
    List<List<Entry>> rows = new ArrayList<>();
    for (Footprint footprint : analysis.footprints()) {
      Shares shares = footprint.shares();
      if (shares.heap().known() || shares.savedByArchives().known()) {
        rows.add(
            List.of(
                Entry.of(CellNames.workers(footprint.cell())),
                Phrases.model(footprint.model()),
                Entry.number(Numbers.memory(shares.peakPss())),
                Entry.number(Numbers.memory(shares.heap())),
                Entry.number(Numbers.memory(shares.outsideHeap())),
                Entry.number(Numbers.memory(shares.savedByArchives()))));
      }
    }
    return new Table(
        "table-memory-shares",
        "What memory under load is made of (PSS), and what sharing the JDK's archives takes off RSS",
        Table.entries(
            "workers", "model", "peak", "in heaps", "outside heaps", "saved by shared archives"),
        rows);
  }

  /// What a worker more costs.
  Table growth() {
    List<List<Entry>> rows = new ArrayList<>();
    new TreeMap<>(analysis.memoryPerWorker())
        .forEach((model, bytes) ->
            rows.add(
                List.of(
                    Phrases.model(model),
                    Entry.number(memoryChange(bytes)),
                    Entry.number(Integer.toString(bytes.samples())))));
    return new Table(
        "table-memory-growth",
        "Memory under load that one worker more adds: the slope over workers. The heap budget is one"
            + " for all processes together, so with more workers each child may use less",
        Table.entries("model", "a worker", "trials"),
        rows);
  }

  /// A slope may be negative, and its interval says more in bytes than in percent.
  private static String memoryChange(Estimate bytes) {
    String sign = bytes.value() < 0 ? "−" : "";
    String number = sign + Quantity.memory(Math.abs(bytes.value()));
    return bytes.hasInterval()
        ? number + " ± " + Quantity.memory((bytes.high() - bytes.low()) / 2)
        : number;
  }

  Table startUp() {
    List<List<Entry>> rows = new ArrayList<>();
    for (Footprint footprint : analysis.footprints()) {
      rows.add(
          List.of(
              Entry.of(CellNames.workers(footprint.cell())),
              Phrases.model(footprint.model()),
              Entry.number(Numbers.time(footprint.firstReply())),
              Entry.number(Numbers.time(footprint.allReplies())),
              Entry.number(Numbers.time(footprint.coldest())),
              Entry.number(Integer.toString(footprint.firstReply().samples()))));
    }
    return new Table(
        "table-start-up",
        "From asking for a pool until its replies, the task itself included; ± is half of the 95%"
            + " interval. The first start of each JVM, which loads the lab's classes too, stands by"
            + " itself. Children of fork start from an archive that was made once, before the run",
        Table.entries(
            "workers",
            "model",
            "first reply",
            "replies of all workers",
            "the same, first start of a JVM",
            "launches"),
        rows);
  }

  private static List<Entry> row(Footprint footprint, Phase phase, Memory memory) {
    return List.of(
        Entry.of(CellNames.workers(footprint.cell())),
        Phrases.model(footprint.model()),
        Entry.of(Phrases.phase(phase)),
        Entry.number(Numbers.memory(memory.pss())),
        Entry.number(Numbers.memory(memory.uss())),
        Entry.number(Numbers.memory(memory.rss())),
        Entry.number(Numbers.memory(memory.heapUsed())),
        Entry.number(Numbers.memory(memory.heapCommitted())));
  }
}
