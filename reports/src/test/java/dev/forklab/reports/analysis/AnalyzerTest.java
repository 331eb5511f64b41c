package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Run;
import dev.forklab.results.Slice;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import dev.forklab.results.Warning.Kind;
import dev.forklab.results.sample.PlainSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnalyzerTest {

  private static final Cell OTHER = new Cell(4, 2, 65536, 1_000_000);

  private final SyntheticRun made = new SyntheticRun(1).cells(SyntheticRun.BASE, OTHER);
  private final Run run = made.run();
  private final List<Trial> trials = made.trials(run);

  @Test
  void aWholeRunHasEveryNumber() {
    Analysis analysis = Analyzer.analyze(run, trials);
    assertThat(analysis.cells()).hasSize(10);
    assertThat(analysis.cells())
        .allSatisfy(result -> {
          assertThat(result.throughput().orElseThrow().hasInterval()).isTrue();
          assertThat(result.cpuNanosPerTask()).isPresent();
          assertThat(result.latency().orElseThrow().p50().hasInterval()).isTrue();
          boolean candidate = result.model().role() == Model.Role.CANDIDATE;
          assertThat(result.efficiency().isPresent()).isEqualTo(candidate);
        });
    assertThat(analysis.findings()).hasSize(2 * 3 * 4);
    assertThat(analysis.noise()).hasSize(2 * 4);
    assertThat(analysis.noiseFloor()).isPresent();
    assertThat(analysis.footprints()).hasSize(6);
    assertThat(analysis.trialsDone()).isEqualTo(run.plan().trials().size());
    assertThat(analysis.answer().headline()).startsWith("On this machine (2 CPUs), for 1 ms tasks");
  }

  @Test
  void numbersAreThoseThatWereMadeUp() {
    Analysis analysis = Analyzer.analyze(run, trials);
    for (Finding found : analysis.findings()) {
      if (found.model() == Model.FORK) {
        double truth = found.metric() == Metric.THROUGHPUT ? 0.93 / 0.99 : 0.99 / 0.93;
        assertThat(found.ratio().low()).as("%s", found).isLessThan(truth * 1.02);
        assertThat(found.ratio().high()).as("%s", found).isGreaterThan(truth * 0.98);
      }
    }
    Footprint fork = analysis.footprints().getFirst();
    assertThat(fork.model()).isEqualTo(Model.FORK);
    assertThat(fork.firstReply().value()).isCloseTo(200e6, within(20e6));
    assertThat(fork.firstReply().samples()).as("launches").isEqualTo(2);
    assertThat(fork.coldest().known()).as("the first start of each JVM, told apart").isTrue();
  }

  @Test
  void theSameRecordsGiveTheSameAnalysis() {
    assertThat(Analyzer.analyze(run, trials))
        .usingRecursiveComparison()
        .isEqualTo(Analyzer.analyze(run, trials));
  }

  @Test
  void nothingMeasuredYetIsNoError() {
    Analysis analysis = Analyzer.analyze(run, List.of());
    assertThat(analysis.cells()).isEmpty();
    assertThat(analysis.findings()).isEmpty();
    assertThat(analysis.noiseFloor()).isEmpty();
    assertThat(kinds(analysis)).contains(Kind.INCOMPLETE, Kind.OVERSUBSCRIBED);
    assertThat(analysis.answer().headline()).startsWith("Nothing can be said yet");
  }

  @Test
  void aRunCutAnywhereHasAnAnswer() {
    for (int done = 0; done < trials.size(); done += 3) {
      Analysis analysis = Analyzer.analyze(run, trials.subList(0, done));
      assertThat(analysis.trialsDone()).isEqualTo(done);
      assertThat(analysis.answer().headline()).isNotBlank();
      assertThat(kinds(analysis)).contains(Kind.INCOMPLETE);
    }
  }

  @Test
  void aTrialCutAnywhereHasAnAnswer() {
    Trial whole = trials.getFirst();
    for (int slices = 0; slices <= 31; slices++) {
      int count = slices;
      Analysis analysis =
          Analyzer.analyze(run, List.of(withSlices(whole, all -> all.subList(0, count))));
      assertThat(analysis.answer().headline()).isNotBlank();
      assertThat(analysis.findings()).allMatch(found -> Double.isFinite(found.ratio().value()));
    }
  }

  @Test
  void oneRoundHasValuesAndNoVerdicts() {
    Analysis analysis =
        Analyzer.analyze(run, List.of(withSlices(trials.getFirst(), all -> all.subList(0, 10))));
    assertThat(analysis.findings())
        .hasSize(6)
        .allMatch(found -> found.verdict() == Verdict.UNMEASURED)
        .noneMatch(found -> found.ratio().hasInterval());
  }

  @Test
  void anIntervalWiderThanAFactorOfOneAndAHalfAllowsNoVerdict() {
    SyntheticRun rough = new SyntheticRun(3).share(Model.FORK, 0.1);
    rough.noise = 1.2;
    rough.rounds = 5;
    Run plan = rough.run();
    List<Finding> findings = Analyzer.analyze(plan, rough.trials(plan)).findings();
    assertThat(findings)
        .filteredOn(found -> found.metric() == Metric.THROUGHPUT)
        .hasSize(3)
        .allMatch(found -> found.ratio().tooWide())
        .as("one of them although its interval excludes 1")
        .anyMatch(found -> found.ratio().high() < 1);
    assertThat(findings)
        .filteredOn(found -> found.ratio().hasInterval())
        .allMatch(found -> found.ratio().tooWide() == (found.verdict() == Verdict.UNMEASURED));
  }

  @Test
  void aCellWithLatencyAloneHasNoThroughput() {
    Analysis analysis =
        Analyzer.analyze(
            run,
            trials.stream().filter(trial -> trial.planned().kind() == TrialKind.LATENCY).toList());
    assertThat(analysis.cells())
        .hasSize(10)
        .allMatch(result -> result.throughput().isEmpty() && result.latency().isPresent());
    assertThat(analysis.answer().headline()).startsWith("Nothing can be said of throughput yet");
  }

  @Test
  void failedTrialsAndWrongRepliesHaveNoTime() {
    List<Trial> disturbed = new ArrayList<>();
    for (Trial trial : trials) {
      PlannedTrial planned = trial.planned();
      if (planned.kind() == TrialKind.THROUGHPUT && planned.block() == 0) {
        disturbed.add(
            SyntheticRun.trial(planned, trial.slices(), List.of(), List.of(), "the JVM crashed"));
      } else {
        disturbed.add(withSlices(trial, all -> all.stream().map(AnalyzerTest::forkWrong).toList()));
      }
    }
    Analysis analysis = Analyzer.analyze(run, disturbed);
    assertThat(analysis.cells()).filteredOn(result -> result.model() == Model.FORK).isEmpty();
    assertThat(analysis.findings()).noneMatch(found -> found.model() == Model.FORK);
    assertThat(analysis.cells())
        .allMatch(result -> result.throughput().orElseThrow().samples() == 1);
    assertThat(kinds(analysis)).contains(Kind.TRIAL_FAILED, Kind.WRONG_REPLY);
    assertThat(analysis.answer().caveats().getFirst()).startsWith("A reply was wrong");
  }

  @Test
  void aTrialRunAgainCountsOnce() {
    Trial first = trials.getFirst();
    List<Trial> again = new ArrayList<>();
    again.add(SyntheticRun.trial(first.planned(), List.of(), List.of(), List.of(), "killed"));
    again.addAll(trials);
    assertThat(Analyzer.analyze(run, again))
        .usingRecursiveComparison()
        .isEqualTo(Analyzer.analyze(run, trials));
  }

  @Test
  void damagedHistogramsAndUnknownCpuTimeLeaveTheRest() {
    Analysis analysis =
        Analyzer.analyze(
            run,
            trials.stream()
                .map(trial ->
                    withSlices(trial, all -> all.stream().map(AnalyzerTest::bare).toList()))
                .toList());
    assertThat(analysis.cells())
        .hasSize(10)
        .allMatch(result -> result.latency().isEmpty() && result.cpuNanosPerTask().isEmpty())
        .allMatch(result -> result.throughput().isPresent());
    assertThat(kinds(analysis)).contains(Kind.TRIAL_FAILED);
  }

  @Test
  void withoutTheControlThereIsNoFloorButThereAreFindings() {
    SyntheticRun bare = new SyntheticRun(2).without(Model.CONTROL).without(Model.INLINE);
    Run plain = bare.run();
    Analysis analysis = Analyzer.analyze(plain, bare.trials(plain));
    assertThat(analysis.noiseFloor()).isEmpty();
    assertThat(analysis.noise()).isEmpty();
    assertThat(analysis.findings()).hasSize(12);
    assertThat(analysis.cells()).allMatch(result -> result.efficiency().isEmpty());
  }

  @Test
  void referencesAreComparedWithTheirPoolsOnly() {
    SyntheticRun wide =
        new SyntheticRun(3)
            .share(Model.JDK_FIXED, 0.99)
            .share(Model.JDK_VIRTUAL, 0.99)
            .share(Model.JDK_FORKJOIN, 0.99);
    Run plain = wide.run();
    assertThat(Analyzer.analyze(plain, wide.trials(plain)).findings())
        .filteredOn(found -> found.metric() == Metric.THROUGHPUT)
        .extracting(found -> found.model().id() + "/" + found.against().id())
        .containsExactly(
            "fork/threads",
            "fork/virtual",
            "threads/virtual",
            "fork/jdk-forkjoin",
            "threads/jdk-fixed",
            "threads/jdk-forkjoin",
            "virtual/jdk-virtual",
            "virtual/jdk-forkjoin");
  }

  @Test
  void peersAreComparedWithForkAndThreadsWithThreads() {
    SyntheticRun wide =
        new SyntheticRun(3)
            .share(Model.NODE, 0.9)
            .share(Model.NODE_THREADS, 0.95)
            .share(Model.PYTHON, 0.8);
    Run plain = wide.run();
    Analysis analysis = Analyzer.analyze(plain, wide.trials(plain));
    assertThat(analysis.findings())
        .filteredOn(found -> found.metric() == Metric.THROUGHPUT)
        .filteredOn(found -> found.against().role() == Model.Role.PEER)
        .extracting(found -> found.model().id() + "/" + found.against().id())
        .containsOnly("fork/node", "fork/node-threads", "threads/node-threads", "fork/python");
    assertThat(analysis.answer().lines())
        .anyMatch(
            line -> line.startsWith("Forked processes (JSON) against Node child_process.fork: "))
        .anyMatch(line -> line.startsWith("Node child_process.fork: "));
  }

  @Test
  void theAnswerSaysWhatOurPoolsCostBesidePlainExecutors() {
    SyntheticRun wide =
        new SyntheticRun(3).share(Model.JDK_FIXED, 0.995).share(Model.JDK_VIRTUAL, 0.99);
    Run plain = wide.run();
    assertThat(Analyzer.analyze(plain, wide.trials(plain)).answer().lines())
        .filteredOn(line -> line.startsWith("Our pools against plain JDK executors ("))
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .containsPattern("platform threads reach [01][.]\\d+ of the throughput of the JDK")
                .containsPattern("virtual threads reach [01][.]\\d+ of"));
  }

  @Test
  void aModelThatWarmsUpLateIsSaidToBeStillWarmingUp() {
    assertThat(stillWarmingUp(0.005, 0.91)).startsWith("forked processes (JSON): the first");
    assertThat(kinds(Analyzer.analyze(run, made.trials(run))))
        .doesNotContain(Kind.STILL_WARMING_UP);
  }

  @Test
  void aModelThatNoCellShowsToBeStillWarmingUpIsFoundByAllCellsTogether() {
    assertThat(stillWarmingUp(0.03, 0.955))
        .startsWith("forked processes (JSON), over all cells: the first");
  }

  /// What is said of fork, and of nothing else, when it begins at so much of its speed.
  private String stillWarmingUp(double noise, double speed) {
    made.noise = noise;
    made.drift = 0.02;
    made.disturbed = 0;
    List<Trial> late =
        made.trials(run).stream()
            .map(trial -> withSlices(trial, slices -> lateFork(slices, speed)))
            .toList();
    List<PlacedWarning> found =
        Analyzer.analyze(run, late).warnings().stream()
            .filter(placed -> placed.warning().kind() == Kind.STILL_WARMING_UP)
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst().warning().detail();
  }

  private static List<Kind> kinds(Analysis analysis) {
    return analysis.warnings().stream()
        .map(PlacedWarning::warning)
        .map(found -> found.kind())
        .toList();
  }

  private static Trial withSlices(Trial trial, UnaryOperator<List<Slice>> change) {
    return SyntheticRun.trial(
        trial.planned(), change.apply(trial.slices()), trial.startUps(), trial.memory(), null);
  }

  private static Slice forkWrong(Slice slice) {
    return with(
        slice,
        slice.nanos(),
        slice.cpuNanos(),
        slice.model() == Model.FORK ? 1 : 0,
        slice.latency());
  }

  private static Slice bare(Slice slice) {
    return with(
        slice, slice.nanos(), -1, 0, slice.latency() == null ? null : "bm90IGEgaGlzdG9ncmFt");
  }

  private static List<Slice> lateFork(List<Slice> slices, double speed) {
    return slices.stream()
        .map(slice ->
            slice.model() == Model.FORK && slice.round() < 5
                ? with(
                    slice, Math.round(slice.nanos() / speed), slice.cpuNanos(), 0, slice.latency())
                : slice)
        .toList();
  }

  private static Slice with(
      Slice slice, long nanos, long cpu, int wrong, @Nullable String latency) {
    return PlainSlice.of(
        slice.round(),
        slice.model(),
        slice.warmup(),
        slice.operations(),
        nanos,
        cpu,
        wrong,
        latency);
  }
}
