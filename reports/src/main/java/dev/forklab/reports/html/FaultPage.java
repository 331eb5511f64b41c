package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.chart.Chart;
import dev.forklab.reports.chart.FaultTimeline;
import dev.forklab.reports.faults.FaultAnswer;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.reports.faults.FaultWords;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.Host;
import dev.forklab.results.Way;
import dev.forklab.results.units.Quantity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `report.html` of a run of faults.
final class FaultPage {

  private final FaultFindings findings;
  private final Optional<Analysis> beside;
  private final String runId;
  private final FaultTables tables;

  /// @param beside a run of `lab bench`, which says what isolation costs
  FaultPage(FaultFindings findings, Optional<Analysis> beside, String runId) {
    this.findings = findings;
    this.beside = beside;
    this.runId = runId;
    this.tables = new FaultTables(findings);
  }

  String html() {
    FaultAnswer answer = FaultAnswer.of(findings);
    Html first =
        element(
                "section",
                element("p", "What does a failure cost? Run " + runId + ".")
                    .with("class", "kicker"),
                element("h1", answer.headline()),
                Page.list(answer.lines()).with("class", "lines"))
            .with("id", "answer")
            .with("aria-label", "Answer");
    Html footer =
        element("footer", element("p", "Written by forklab " + findings.run().labVersion() + "."));
    return PageFrame.html("forklab faults: " + answer.headline(), first, sections(), footer);
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    for (Way way : Way.values()) {
      Table overview = tables.overview(way);
      if (!overview.isEmpty()) {
        sections.add(
            new Section(
                way.id(),
                way == Way.PRODUCTION ? "As in production" : "Naively",
                List.of(overview.html(), Page.list(sentences(way)))));
      }
    }
    sections.add(new Section("cost", "What isolation costs", cost()));
    sections.add(new Section("time", "Around each fault", timelines()));
    sections.add(
        new Section(
            "numbers", "All numbers", List.of(tables.tasks().html(), tables.services().html())));
    if (!tables.failures().isEmpty()) {
      sections.add(
          new Section("failures", "Trials without a result", List.of(tables.failures().html())));
    }
    sections.add(new Section("method", "How it was measured", method()));
    sections.removeIf(Section::isEmpty);
    return sections;
  }

  private List<String> sentences(Way way) {
    return findings.faults().stream()
        .map(fault -> FaultWords.sentence(findings, fault, way))
        .filter(sentence -> !sentence.isEmpty())
        .toList();
  }

  /// What it buys is above; this is the price, from a run of `lab bench`.
  private List<Html> cost() {
    if (beside.isEmpty()) {
      return List.of(
          element(
              "p",
              "Not shown: lab report DIR --with RUN puts throughput, memory and start-up of a run of"
                  + " lab bench here."));
    }
    Analysis analysis = beside.get();
    List<Html> parts = new ArrayList<>();
    parts.add(element("p", analysis.answer().headline()));
    FootprintTables footprints = new FootprintTables(analysis);
    Stream.of(
            new MeasurementTables(analysis).throughputByWorkers(),
            footprints.memory(),
            footprints.startUp())
        .filter(table -> !table.isEmpty())
        .forEach(table -> parts.add(table.html()));
    return parts;
  }

  private List<Html> timelines() {
    List<Chart> charts =
        findings.faults().stream()
            .flatMap(fault -> FaultTimeline.of(findings, fault).stream())
            .toList();
    Figures figures = new Figures(charts);
    return charts.stream().flatMap(chart -> figures.take(chart.id()).stream()).toList();
  }

  private List<Html> method() {
    FaultPlan plan = findings.run().plan();
    Host host = findings.run().host();
    return List.of(
        Page.list(
            List.of(
                "Each trial starts a service of its own, a JVM with %d workers, %s of heap in all, and tasks of about %s (workload %s)."
                    .formatted(
                        plan.workers(),
                        Quantity.size(plan.heapBytes()),
                        Quantity.time(plan.taskNanos()),
                        plan.workload()),
                "The lab submits tasks at a steady 70% of the capacity that it measured just before, whatever becomes of them; each is timed from when it was due. A task is missed if it is not answered right within half a second: it is answered wrong, has failed, is lost (never answered) or late.",
                "A tenth of a second is good if 95% of its tasks are answered right and in time. The service is well again when six are good in a row, and recovery is the end of the last one that was not.",
                "Each fault has to leave evidence; a trial without it has no result.",
                "Measured on %s, %s, %s, %s, %s, seed %d."
                    .formatted(
                        Instant.ofEpochMilli(findings.run().startedEpochMillis())
                            .atZone(ZoneOffset.UTC)
                            .toLocalDate(),
                        host.cpu(),
                        host.cpus() + " CPUs",
                        host.os(),
                        host.java(),
                        plan.seed()))),
        element("pre", element("code", findings.run().command())));
  }
}
