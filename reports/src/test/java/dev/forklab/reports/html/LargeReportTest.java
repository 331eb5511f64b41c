package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analyzer;
import dev.forklab.reports.analysis.SyntheticRun;
import dev.forklab.results.Cell;
import dev.forklab.results.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run far beyond those that people make still has a page that can be sent by mail.
final class LargeReportTest {

  private static final int TRIALS = 10_000;
  private static final long MOST_BYTES = 3L << 20;

  @TempDir Path directory;

  @Test
  void aRunOfTenThousandTrialsHasAPageThatCanBeSent() throws Exception {
    SyntheticRun synthetic = new SyntheticRun(42).cells(cells()).blocks(100);
    synthetic.rounds = 3;
    Run run = synthetic.run();
    assertThat(run.plan().trials()).hasSize(TRIALS);

    Analysis analysis = Analyzer.analyze(run, synthetic.trials(run));
    ReportWriter.Written written = ReportWriter.write(analysis, directory, directory);

    assertThat(analysis.trialsDone()).isEqualTo(TRIALS);
    assertThat(Files.size(written.page())).isLessThan(MOST_BYTES);
    assertThat(Files.readString(written.page())).endsWith("</html>\n");
  }

  /// Two numbers of workers, five sizes, two task times.
  private static Cell[] cells() {
    List<Cell> cells = new ArrayList<>();
    for (int workers = 1; workers <= 2; workers++) {
      for (int bytes = 1024; bytes <= 1 << 18; bytes *= 4) {
        for (long nanos : new long[] {100_000, 1_000_000}) {
          cells.add(new Cell(workers, workers, bytes, nanos));
        }
      }
    }
    return cells.toArray(Cell[]::new);
  }
}
