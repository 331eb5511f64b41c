package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Slice;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import dev.forklab.results.Warning;
import dev.forklab.results.Warning.Kind;
import dev.forklab.results.sample.PlainSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StandstillTest {

  private static final long SIX_SECONDS = 6_000_000_000L;

  private final SyntheticRun synthetic = new SyntheticRun(7);
  private final Run run = synthetic.run();
  private final List<Trial> trials = synthetic.trials(run);

  @Test
  void aSliceThatStoodStillIsInNoResultAsOneWithAWrongReply() {
    Analysis stoodStill = Analyzer.analyze(run, withOne(slice -> with(slice, SIX_SECONDS, 0)));
    Analysis wrong = Analyzer.analyze(run, withOne(slice -> with(slice, slice.nanos(), 1)));
    assertThat(stoodStill.cells()).isEqualTo(wrong.cells());
    assertThat(stoodStill.findings()).isEqualTo(wrong.findings());
    assertThat(stoodStill.warnings())
        .extracting(PlacedWarning::warning)
        .contains(new Warning(Kind.STANDSTILL, "1 slice more than twice as long as usual"));
  }

  @Test
  void aLittleLongerIsNoStandstill() {
    for (long over : List.of(100_000_000L, 240_000_000L)) {
      List<Trial> all = withOne(slice -> with(slice, slice.nanos() + over, 0));
      assertThat(kinds(Analyzer.analyze(run, all))).doesNotContain(Kind.STANDSTILL);
    }
  }

  @Test
  void aModelWhoseSlicesAreAllLongDoesNotStandStill() {
    List<Trial> all =
        trials.stream()
            .map(trial ->
                changed(
                    trial,
                    slice -> slice.model() == Model.FORK ? with(slice, SIX_SECONDS, 0) : slice))
            .toList();
    assertThat(kinds(Analyzer.analyze(run, all))).doesNotContain(Kind.STANDSTILL);
  }

  @Test
  void whatTheLabSawIsSaidInOneLineWithWhatItDid() {
    List<Trial> all = new ArrayList<>(withOne(slice -> with(slice, SIX_SECONDS, 0)));
    Trial it = all.getFirst();
    all.set(
        0,
        new Trial(
            it.schema(),
            it.planned(),
            0,
            1,
            it.slices(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            it.before(),
            it.after(),
            List.of(new Warning(Kind.STANDSTILL, "for 6.0 s, 1.0 s after the trial began")),
            List.of(),
            null));
    assertThat(Analyzer.analyze(run, all).warnings())
        .extracting(PlacedWarning::warning)
        .contains(
            new Warning(
                Kind.STANDSTILL,
                "for 6.0 s, 1.0 s after the trial began; 1 slice more than twice as long as"
                    + " usual"));
  }

  private static List<Kind> kinds(Analysis analysis) {
    return analysis.warnings().stream().map(placed -> placed.warning().kind()).toList();
  }

  /// All trials, with one slice of the first trial changed.
  private List<Trial> withOne(UnaryOperator<Slice> change) {
    List<Trial> all = new ArrayList<>(trials);
    Trial trial = all.getFirst();
    assertThat(trial.planned().kind()).isEqualTo(TrialKind.THROUGHPUT);
    List<Slice> slices = new ArrayList<>(trial.slices());
    slices.set(12, change.apply(slices.get(12)));
    all.set(0, SyntheticRun.trial(trial.planned(), slices, List.of(), List.of(), null));
    return all;
  }

  private static Trial changed(Trial trial, UnaryOperator<Slice> change) {
    return SyntheticRun.trial(
        trial.planned(),
        trial.slices().stream().map(change).toList(),
        trial.startUps(),
        trial.memory(),
        trial.failure());
  }

  private static Slice with(Slice slice, long nanos, int wrong) {
    return PlainSlice.of(
        slice.round(),
        slice.model(),
        slice.warmup(),
        slice.operations(),
        nanos,
        slice.cpuNanos(),
        wrong,
        slice.latency());
  }
}
