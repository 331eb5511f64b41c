package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.faults.MadeFaults;
import dev.forklab.reports.sample.SampleAnalyses;
import dev.forklab.results.Fault;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The report of a run of faults.
class FaultReportTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void theSummaryReadsAsItDid() throws Exception {
    FaultReportWriter.write(MadeFaults.usual(), Optional.empty(), directory, directory);
    Golden.assertMatches("faults-summary.md", Files.readString(directory.resolve("summary.md")));
  }

  @Test
  void theNumbersForProgramsReadAsTheyDid() throws Exception {
    Golden.assertMatches("faults-results.csv", FaultCsv.of(MadeFaults.usual()));
  }

  @Test
  void thePageSaysWhatEachFaultCostsAndWhatIsolationCostsBesideIt() throws Exception {
    Path page =
        FaultReportWriter.write(
            MadeFaults.usual(), Optional.of(SampleAnalyses.complete()), directory, directory);
    assertThat(page)
        .content()
        .contains(
            "A task calls System.exit: with forked processes (JSON) the service is well again after 200 ms",
            "<polyline",
            SampleAnalyses.complete().answer().headline());
  }

  @Test
  void whatATrialSaidIsEscaped() throws Exception {
    Path page =
        FaultReportWriter.write(
            new MadeFaults().failed(Fault.SEGV, Model.FORK, Way.NAIVE).findings(),
            Optional.empty(),
            directory,
            directory);
    assertThat(page).content().contains("no evidence &lt;b&gt;").doesNotContain("<b>");
  }
}
