package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;
import static dev.forklab.reports.html.Html.text;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Answer;
import dev.forklab.reports.chart.Chart;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `report.html`: one page that needs nothing else.
final class Page {

  /// A headline of more characters than this is set smaller.
  private static final int LONG = 160;

  private final Analysis analysis;
  private final String runId;
  private final List<Chart> charts;
  private final Optional<String> withoutCharts;

  Page(Analysis analysis, String runId, List<Chart> charts, Optional<String> withoutCharts) {
    this.analysis = analysis;
    this.runId = runId;
    this.charts = charts;
    this.withoutCharts = withoutCharts;
  }

  String html() {
    return "<!DOCTYPE html>\n"
        + element("html", PageHead.of("forklab: " + analysis.answer().headline()), body())
            .with("lang", "en")
            .render()
        + "\n";
  }

  private Html body() {
    List<Section> sections = sections();
    List<Html> content = new ArrayList<>();
    content.add(answer());
    sections.forEach(section -> content.add(section.html()));
    return element(
        "body",
        element("a", "Skip to the answer").with("class", "skip").with("href", "#answer"),
        header(sections),
        element("main", content),
        footer());
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(new FindingSection(analysis, charts).section());
    sections.addAll(new ChartSections(analysis, charts).sections());
    sections.add(new CostSection(analysis).section());
    RunSections run = new RunSections(analysis, runId);
    sections.add(run.host());
    sections.add(new MethodSection(analysis).section());
    sections.add(run.warnings());
    sections.add(run.reproduction());
    sections.removeIf(Section::isEmpty);
    return sections;
  }

  private Html header(List<Section> sections) {
    List<Html> links = new ArrayList<>();
    for (Section section : sections) {
      links.add(element("li", element("a", section.heading()).with("href", "#" + section.id())));
    }
    return element(
        "header",
        element(
                "p",
                "Forked processes, platform threads or virtual threads? Run "
                    + runId
                    + ", "
                    + RunSections.when(analysis.run())
                    + ".")
            .with("class", "kicker"),
        element("nav", element("ul", links)).with("aria-label", "Sections"));
  }

  private Html answer() {
    Answer answer = analysis.answer();
    List<Html> parts = new ArrayList<>();
    Html.Element headline = element("h1", answer.headline());
    parts.add(answer.headline().length() > LONG ? headline.with("class", "long") : headline);
    if (!answer.lines().isEmpty()) {
      parts.add(list(answer.lines()).with("class", "lines"));
    }
    if (!answer.caveats().isEmpty()) {
      parts.add(
          element("div", element("h2", "What limits this answer"), list(answer.caveats()))
              .with("class", "caveats"));
    }
    parts.add(element("p", facts()).with("class", "facts"));
    withoutCharts.ifPresent(
        reason -> parts.add(element("p", reason).with("class", "problem").with("role", "note")));
    return element("section", parts).with("id", "answer");
  }

  private List<Html> facts() {
    int planned = analysis.trialsDue();
    String noise =
        analysis
            .noiseFloor()
            .map(floor -> "noise floor (baseline against itself) " + Numbers.ratio(floor) + "; ")
            .orElse("");
    int warnings = analysis.warnings().size();
    List<Html> facts = new ArrayList<>();
    facts.add(
        text(
            Quantity.count(analysis.trialsDone())
                + " of "
                + Quantity.count(planned)
                + " trials done; "
                + noise));
    facts.add(
        warnings == 0
            ? text("no warnings.")
            : element("a", warnings == 1 ? "1 warning" : warnings + " warnings")
                .with("href", "#warnings"));
    return facts;
  }

  private Html footer() {
    return element(
        "footer",
        element(
            "p",
            "Written by forklab "
                + analysis.run().labVersion()
                + ". Numbers have three significant digits; ± is half of a 95% interval; "
                + Quantity.NOT_MEASURED
                + " was not measured."));
  }

  static Html.Element list(List<String> lines) {
    return element("ul", lines.stream().map(line -> element("li", line)).toList());
  }
}
