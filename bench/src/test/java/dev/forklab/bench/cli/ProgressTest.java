package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.run.Eta;
import dev.forklab.bench.run.TinyRun;
import dev.forklab.results.HostCounters;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.Slice;
import dev.forklab.results.Trial;
import dev.forklab.results.sample.PlainSlice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How a run goes on, by a clock of the test.
class ProgressTest {

  private static final HostCounters NOTHING = new HostCounters(0, 0, 0, 0, 0, 0, 0, 0);
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter text = new StringWriter();
  private final Plan plan = TinyRun.comparing(3).plan();
  private long now;

  @Test
  void inALogEachTrialIsOneLineOfPlainWords() {
    Progress progress = progress(false);
    trial(progress, 0, null);
    trial(progress, 1, null);
    progress.done();

    List<String> lines = text.toString().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .matches(
            "\\[1/3] throughput, 1 worker, 64 B, 100 .s: 30 s, .* left; fork 0\\.90 of threads \\(.*\\)");
    assertThat(lines.getLast()).startsWith("[2/3] ");
    assertThat(text.toString()).doesNotContain("\u001b", "#");
  }

  @Test
  void onATerminalABarStandsAboveTheTrialInHand() {
    Progress progress = progress(true);
    trial(progress, 0, null);
    text.getBuffer().setLength(0);

    progress.started(plan.trials().get(1));
    now += 15 * SECOND;
    progress.progress(plan.trials().get(1), 5, 10);

    String drawn = text.toString();
    String last = drawn.substring(drawn.lastIndexOf("[#"));
    assertThat(last)
        .matches(
            "(?s)\\[#+-+] +\\d+%  .+ left   fork 0\\.90 of threads \\(.*\\)\n"
                + "measuring throughput, 1 worker, 64 B, 100 .s \\(trial 2 of 3, 50%\\)\u001b\\[\\?7h");
    assertThat(drawn.substring(0, drawn.lastIndexOf("[#")))
        .as("the two lines before are cleared")
        .endsWith("\r\u001b[2K\u001b[1A\r\u001b[2K\u001b[?7l");
  }

  @Test
  void aFailureStaysOnTheScreenWithItsReason() {
    Progress progress = progress(true);
    trial(progress, 0, "its JVM died\nand more");

    assertThat(text.toString())
        .contains("trial 1 failed (1 worker, 64 B, ")
        .endsWith("): its JVM died" + System.lineSeparator());
  }

  @Test
  void aResumedRunKnowsTheRatioThatItHad() {
    Progress progress = progress(true);
    progress.resume(List.of(measured(plan.trials().getFirst(), null)));
    progress.started(plan.trials().get(1));

    assertThat(text.toString()).contains("fork 0.90 of threads");
  }

  private void trial(Progress progress, int index, @Nullable String failure) {
    PlannedTrial planned = plan.trials().get(index);
    progress.started(planned);
    now += 30 * SECOND;
    progress.finished(measured(planned, failure));
  }

  private Progress progress(boolean moving) {
    PrintWriter out = new PrintWriter(text);
    return new Progress(out, plan, new Eta(plan, Set.of()), moving, () -> now);
  }

  /// Fork at 0.9 of threads, with a little noise.
  private static Trial measured(PlannedTrial planned, @Nullable String failure) {
    List<Slice> slices = new ArrayList<>();
    for (int round = 0; failure == null && round < 9; round++) {
      List<Model> order = new ArrayList<>(planned.models());
      order.addAll(planned.models().reversed());
      for (Model model : order) {
        double share = (model == Model.FORK ? 0.9 : 1) * (1 + 0.001 * (slices.size() * 7 % 5 - 2));
        slices.add(
            PlainSlice.of(
                round, model, false, 1000, Math.round(100_000_000 / share), 100_000_000, 0, null));
      }
    }
    return new Trial(
        RunDirectory.SCHEMA,
        planned,
        0,
        Duration.ofSeconds(30).toNanos(),
        slices,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        NOTHING,
        NOTHING,
        List.of(),
        List.of(),
        failure);
  }
}
