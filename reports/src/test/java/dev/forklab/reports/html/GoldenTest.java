package dev.forklab.reports.html;

import dev.forklab.reports.sample.SampleAnalyses;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
  void thePageOfAnInterruptedRun() throws IOException {
    Page page =
        new Page(SampleAnalyses.interrupted(), "sample", List.of(), Optional.of("no charts: …"));
    String html = page.html();
    int style = html.indexOf("<style>");
    Golden.assertMatches(
        "page-interrupted.html",
        html.substring(0, style) + html.substring(html.indexOf("</style>", style)));
  }

  @Test
  void theVerdictsOfARunWithReferences() throws IOException {
    Golden.assertMatches(
        "verdicts.html",
        new FindingSection(SampleAnalyses.withReferences(), List.of()).section().html().render());
  }

  @Test
  void theCostsOfARunWithSeveralSizesAndTaskTimes() throws IOException {
    Golden.assertMatches(
        "cost.html", new CostSection(SampleAnalyses.withCosts()).section().html().render());
  }

  @Test
  void theWarnings() throws IOException {
    Golden.assertMatches(
        "warnings.html",
        new RunSections(SampleAnalyses.complete(), "sample").warnings().html().render());
  }
}
