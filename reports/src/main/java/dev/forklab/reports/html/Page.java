package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;
import static dev.forklab.reports.html.Html.text;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Answer;
import dev.forklab.reports.chart.Chart;
import dev.forklab.results.Host;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `report.html`: one page that needs nothing else. Its first screen is the whole answer; the
/// sections after it are what it rests on.
final class Page {

  /// A headline of more characters than this is set smaller.
  private static final int LONG = 160;

  /// The chart that stands beside the answer: the first of these that there is.
  private static final List<String> MAIN_CHARTS =
      List.of("throughput-by-workers", "throughput-findings", "memory-by-workers");

  private final Analysis analysis;
  private final String runId;
  private final Figures figures;
  private final Optional<String> withoutFiles;

  /// @param withoutFiles why charts were not written as files though there are some
  Page(Analysis analysis, String runId, List<Chart> charts, Optional<String> withoutFiles) {
    this.analysis = analysis;
    this.runId = runId;
    this.figures = new Figures(charts);
    this.withoutFiles = withoutFiles;
  }

  String html() {
    return PageFrame.html(
        "forklab: " + analysis.answer().headline(), answer(), sections(), footer());
  }

  private List<Section> sections() {
    RunSections run = new RunSections(analysis, runId);
    ChartSections measured = new ChartSections(analysis, figures);
    List<Section> sections = new ArrayList<>();
    sections.add(why());
    sections.add(limits());
    sections.addAll(measured.sections());
    sections.addAll(new CostSection(analysis, figures).sections());
    sections.add(new FindingSection(analysis, figures).section());
    sections.add(measured.everything());
    sections.add(new MethodSection(analysis).section());
    sections.add(run.host());
    sections.add(run.warnings());
    sections.add(DataSection.of(analysis, runId));
    sections.add(run.reproduction());
    sections.removeIf(Section::isEmpty);
    return sections;
  }

  private Html answer() {
    Answer answer = analysis.answer();
    List<Html> parts = new ArrayList<>();
    parts.add(
        element(
                "p",
                "Forked processes, platform threads or virtual threads? Run "
                    + runId
                    + ", "
                    + RunSections.when(analysis.run())
                    + ".")
            .with("class", "kicker"));
    Html.Element headline = element("h1", answer.headline());
    parts.add(answer.headline().length() > LONG ? headline.with("class", "long") : headline);
    analysis.scoreboard().ifPresent(board -> parts.add(new ScoreSection(board, analysis).html()));
    List<Html> beside = new ArrayList<>();
    MAIN_CHARTS.stream()
        .flatMap(id -> figures.take(id, "h2").stream())
        .findFirst()
        .ifPresent(beside::add);
    beside.add(element("div", basis(answer)).with("class", "basis"));
    parts.add(element("div", beside).with("class", "beside"));
    return element("section", parts).with("id", "answer").with("aria-label", "Answer");
  }

  private List<Html> basis(Answer answer) {
    List<Html> parts = new ArrayList<>();
    if (!answer.caveats().isEmpty()) {
      parts.add(element("div", caveats(answer)).with("class", "caveats"));
    }
    parts.add(element("dl", facts()).with("class", "facts"));
    withoutFiles.ifPresent(
        reason -> parts.add(element("p", reason).with("class", "problem").with("role", "note")));
    return parts;
  }

  private static List<Html> caveats(Answer answer) {
    List<Html> parts = new ArrayList<>();
    parts.add(element("h2", "What limits this answer"));
    if (!answer.mainCaveats().isEmpty()) {
      parts.add(list(answer.mainCaveats()));
    }
    int others = answer.otherCaveats().size();
    if (others > 0) {
      String more = answer.mainCaveats().isEmpty() ? "" : " more";
      parts.add(
          element(
              "p",
              element("a", others + more + (others == 1 ? " caveat" : " caveats"))
                  .with("href", "#limits")));
    }
    return parts;
  }

  private List<Html> facts() {
    Host host = analysis.run().host();
    List<Html> facts = new ArrayList<>();
    fact(facts, "Machine", text(host.cpu() + ", " + host.cpus() + " CPUs; " + host.java()));
    analysis
        .noiseFloor()
        .ifPresent(floor ->
            fact(
                facts,
                "Noise floor",
                text(Numbers.ratio(floor) + ": the baseline against itself")));
    fact(
        facts,
        "Trials",
        text(
            Quantity.count(analysis.trialsDone())
                + " of "
                + Quantity.count(analysis.trialsDue())
                + " done"));
    int warnings = analysis.warnings().size();
    fact(
        facts,
        "Warnings",
        warnings == 0
            ? text("none")
            : element("a", warnings == 1 ? "1 warning" : warnings + " warnings")
                .with("href", "#warnings"));
    return facts;
  }

  private static void fact(List<Html> facts, String name, Html value) {
    facts.add(element("div", element("dt", name), element("dd", value)));
  }

  private Section why() {
    List<String> lines = analysis.answer().lines();
    return new Section("why", "Why", lines.isEmpty() ? List.of() : List.of(list(lines)));
  }

  /// All caveats: those of the first screen first.
  private Section limits() {
    Answer answer = analysis.answer();
    List<String> all =
        Stream.concat(answer.mainCaveats().stream(), answer.otherCaveats().stream()).toList();
    return new Section(
        "limits", "Limits of this answer", all.isEmpty() ? List.of() : List.of(list(all)));
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
