package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.reports.analysis.JvmGroup;
import dev.forklab.reports.analysis.Wording;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.Calibration;
import dev.forklab.results.Host;
import dev.forklab.results.Peer;
import dev.forklab.results.Run;
import dev.forklab.results.units.Quantity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where and how it was measured, what may have disturbed it, and how to measure it again.
final class RunSections {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Analysis analysis;
  private final Run run;
  private final String runId;

  RunSections(Analysis analysis, String runId) {
    this.analysis = analysis;
    this.run = analysis.run();
    this.runId = runId;
  }

  static String when(Run run) {
    return MINUTE.format(Instant.ofEpochMilli(run.startedEpochMillis()));
  }

  Section warnings() {
    if (analysis.warnings().isEmpty()) {
      return new Section("warnings", "Warnings", List.of());
    }
    List<Html> items = new ArrayList<>();
    for (PlacedWarning placed : analysis.warnings()) {
      items.add(
          element(
              "li",
              element("strong", Wording.capital(placed.warning().kind().title())),
              Html.text(" (" + placed.where() + "): " + placed.warning().detail() + ". "),
              element("span", "What to do: " + placed.warning().kind().advice() + ".")
                  .with("class", "advice")));
    }
    return new Section(
        "warnings", "Warnings", List.of(element("ul", items).with("class", "warnings")));
  }

  Section host() {
    Host host = run.host();
    List<List<Entry>> rows = new ArrayList<>();
    rows.add(Table.entries("operating system", host.os()));
    rows.add(Table.entries("processor", host.cpu()));
    rows.add(Table.entries("CPUs for this run", Integer.toString(host.cpus())));
    rows.add(Table.entries("memory", Quantity.memory(host.memoryBytes())));
    rows.add(Table.entries("Java of the workers", host.java()));
    host.facts().forEach((name, value) -> rows.add(Table.entries(name, value)));
    Table facts = new Table("table-host", "The machine", Table.entries("fact", "as found"), rows);
    List<Html> parts = new ArrayList<>(List.of(facts.html(), calibration().html()));
    if (!analysis.jvms().isEmpty()) {
      parts.add(jvms().html());
    }
    return new Section("host", "Host", parts);
  }

  private Table jvms() {
    List<List<Entry>> rows = new ArrayList<>();
    for (JvmGroup group : analysis.jvms()) {
      rows.add(
          List.of(
              Entry.of(group.role().equals("parent") ? "the trial's own" : "a forked worker's"),
              Entry.number(Quantity.count(group.workers())),
              Entry.number(Quantity.count(group.count())),
              Entry.of(group.collector()),
              Entry.number(Quantity.memory(group.maxHeapBytes())),
              Entry.number(Quantity.count(group.cpus())),
              Entry.of(group.startArchive() ? "yes" : "no")));
    }
    return new Table(
        "table-jvms",
        "The JVMs of the trials, as they report themselves",
        Table.entries(
            "JVM", "workers", "JVMs", "collector", "largest heap", "CPUs it sees", "start archive"),
        rows);
  }

  private Table calibration() {
    List<List<Entry>> rows = new ArrayList<>();
    boolean peers = run.calibrations().stream().anyMatch(it -> it.peer() != null);
    for (Calibration calibration : run.calibrations()) {
      List<Entry> row =
          List.of(
              Entry.of(Quantity.chosenTime(calibration.wantedNanos())),
              Entry.of(calibration.workload()),
              Entry.number(Quantity.size(calibration.messageBytes())),
              Entry.number(Quantity.count(calibration.iterations())),
              Entry.number(
                  Quantity.within(
                      Quantity.time(calibration.achievedNanos()), calibration.spread())));
      rows.add(peers ? Table.row(Entry.of(runtime(calibration.peer())), row) : row);
    }
    List<Entry> names = Table.entries("asked for", "workload", "message", "iterations", "reached");
    return new Table(
        "table-calibration",
        "Calibration: how much work makes the task time asked for; ± is half of the range between launches",
        peers ? Table.row(Entry.of("runtime"), names) : names,
        rows);
  }

  private static String runtime(@Nullable Peer peer) {
    return peer == null ? "JVM" : peer.model().id() + ", " + peer.version();
  }

  Section reproduction() {
    List<List<Entry>> rows =
        List.of(
            Table.entries("run", runId),
            Table.entries("started", when(run)),
            Table.entries("seed", Long.toString(run.plan().seed())),
            Table.entries("lab", run.labVersion()),
            Table.entries("format of the run directory", Integer.toString(run.schema())));
    return new Section(
        "reproduction",
        "Measure it again",
        List.of(
            element("pre", element("code", run.command())).with("tabindex", "0"),
            new Table("table-run", "This run", Table.entries("what", "value"), rows).html(),
            element("p", files())));
  }

  private static String files() {
    return "Beside this page: summary.md (the answer, to paste), results.csv (every number, one row"
        + " per cell, model and metric), charts/ (each chart as SVG, most as PNG too), run.json and"
        + " trials.jsonl (the plan and the raw measurements; lab report writes this page from"
        + " them).";
  }
}
