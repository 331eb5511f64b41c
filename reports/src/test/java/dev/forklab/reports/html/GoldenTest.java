package dev.forklab.reports.html;

import dev.forklab.reports.chart.Chart;
import dev.forklab.reports.chart.Charts;
import dev.forklab.reports.sample.SampleAnalyses;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What people see, held as text; charts are left out, since fonts differ among machines.
final class GoldenTest {

  @Test
  void theSummaryOfACompleteRun() throws IOException {
    Golden.assertMatches("summary.md", Summary.of(SampleAnalyses.complete(), "sample"));
  }

  @Test
  void theSummaryOfARunWithoutResults() throws IOException {
    Golden.assertMatches("summary-empty.md", Summary.of(SampleAnalyses.empty(), "sample"));
  }

  @Test
  void theResultsOfACompleteRun() throws IOException {
    Golden.assertMatches("results.csv", Csv.of(SampleAnalyses.complete()));
  }

  @Test
  void theResultsOfAnInterruptedRunAsJson() throws IOException {
    Golden.assertMatches(
        "results.json", ResultsJson.of(SampleAnalyses.interrupted(), "sample") + "\n");
  }

  /// Text in SVG has no measured width, so it is the same on every machine.
  @Test
  void aChartOfACompleteRun() throws IOException {
    Chart chart =
        Charts.of(SampleAnalyses.complete()).stream()
            .filter(it -> it.id().equals("throughput-by-workers"))
            .findFirst()
            .orElseThrow();
    Golden.assertMatches("throughput-by-workers.svg", chart.inlineSvg("name", "note") + "\n");
  }

  @Test
  void thePageOfAnInterruptedRun() throws IOException {
    Page page =
        new Page(SampleAnalyses.interrupted(), "sample", List.of(), Optional.of("no charts: …"));
    Golden.assertMatches(
        "page-interrupted.html",
        page.html()
            .replaceAll("(?s)<(style|script)>.*?</\\1>", "<$1>")
            .replaceAll("sha256-[^&]*", "sha256-")
            .replaceAll(";base64,[^\"]*", ";base64,"));
  }

  @Test
  void theVerdictsOfARunWithReferences() throws IOException {
    Golden.assertMatches(
        "verdicts.html",
        new FindingSection(SampleAnalyses.withReferences(), new Figures(List.of()))
            .section()
            .html()
            .render());
  }

  @Test
  void theCostsOfARunWithSeveralSizesAndTaskTimes() throws IOException {
    Golden.assertMatches(
        "cost.html",
        new CostSection(SampleAnalyses.withCosts(), new Figures(List.of()))
            .sections().stream()
                .map(section -> section.html().render())
                .collect(Collectors.joining("\n")));
  }

  @Test
  void theWarnings() throws IOException {
    Golden.assertMatches(
        "warnings.html",
        new RunSections(SampleAnalyses.complete(), "sample").warnings().html().render());
  }
}
