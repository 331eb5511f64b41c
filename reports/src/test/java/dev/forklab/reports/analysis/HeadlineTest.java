package dev.forklab.reports.analysis;

import static dev.forklab.results.Model.FORK;
import static dev.forklab.results.Model.THREADS;
import static dev.forklab.results.Model.VIRTUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The sentences, word by word.
class HeadlineTest {

  private static final String SETTING =
      "On this machine (2 CPUs), for 1 ms tasks with 4 KiB messages: ";

  private final List<Finding> findings = new ArrayList<>();
  private final List<Footprint> footprints = new ArrayList<>();

  @Test
  void forkIsSlowerThanThreadsOfBothKinds() {
    finding(THREADS, VIRTUAL, 0.998, 0.011, Verdict.SAME);
    finding(FORK, THREADS, 0.93, 0.013, Verdict.SLOWER);
    finding(FORK, VIRTUAL, 0.93, 0.013, Verdict.SLOWER);
    footprint(FORK, 200e6, 350);
    footprint(THREADS, 5e6, 50);
    assertThat(headline())
        .isEqualTo(
            SETTING
                + "choose platform or virtual threads unless one task's crash must not take down the"
                + " others.");
    assertThat(why())
        .isEqualTo(
            "In throughput, virtual threads keep up with platform threads within 3%; forked"
                + " processes (JSON) reach 0.93 of platform threads (±1.4%);"
                + " they start in 200 ms instead of 5.00 ms and take 7 times the memory.");
  }

  @Test
  void forkKeepsUp() {
    finding(THREADS, VIRTUAL, 1, 0.01, Verdict.SAME);
    finding(FORK, THREADS, 0.99, 0.01, Verdict.SAME);
    finding(FORK, VIRTUAL, 0.99, 0.01, Verdict.SAME);
    footprint(FORK, 200e6, 350);
    footprint(THREADS, 5e6, 50);
    assertThat(headline())
        .isEqualTo(
            SETTING
                + "choose forked processes (JSON) if a crash must stay in one process, platform or"
                + " virtual threads otherwise:"
                + " isolation costs start-up and memory, not throughput.");
    assertThat(why())
        .isEqualTo(
            "In throughput, virtual threads keep up with platform threads within 3%; forked"
                + " processes (JSON) keep up with platform threads within 3%; they start in"
                + " 200 ms instead of 5.00 ms and take 7 times the memory.");
  }

  @Test
  void forkIsFaster() {
    finding(THREADS, VIRTUAL, 1, 0.01, Verdict.SAME);
    finding(FORK, THREADS, 1.25, 0.025, Verdict.FASTER);
    finding(FORK, VIRTUAL, 1.24, 0.025, Verdict.FASTER);
    footprint(FORK, 5.1e6, 350);
    footprint(VIRTUAL, 5e6, 50);
    assertThat(headline())
        .isEqualTo(
            SETTING
                + "choose forked processes (JSON) if you can afford their start-up and memory.");
    assertThat(why())
        .isEqualTo(
            "In throughput, virtual threads keep up with platform threads within 3%; forked"
                + " processes (JSON) are 1.25 times as fast (±2%) as platform threads; they start"
                + " about as fast and take 7 times the memory.");
  }

  @Test
  void nothingIsDecided() {
    finding(THREADS, VIRTUAL, 1, 0.05, Verdict.INCONCLUSIVE);
    finding(FORK, THREADS, 0.97, 0.05, Verdict.INCONCLUSIVE);
    finding(FORK, VIRTUAL, 0.98, 0.05, Verdict.INCONCLUSIVE);
    assertThat(headline())
        .isEqualTo(
            SETTING
                + "choose platform or virtual threads unless one task's crash must not take down the"
                + " others; their throughput is inconclusive, so measure for longer if it matters.");
    assertThat(why())
        .isEqualTo(
            "In throughput, virtual threads against platform threads: inconclusive (0.95 to 1.05"
                + " times); forked processes (JSON) against platform threads: inconclusive (0.92 to"
                + " 1.02 times).");
  }

  @Test
  void virtualThreadsAreTheBestOfThree() {
    finding(THREADS, VIRTUAL, 0.8, 0.02, Verdict.SLOWER);
    finding(FORK, THREADS, 1.1, 0.022, Verdict.FASTER);
    finding(FORK, VIRTUAL, 0.88, 0.022, Verdict.SLOWER);
    assertThat(headline())
        .isEqualTo(
            SETTING
                + "choose virtual threads unless one task's crash must not take down the others.");
    assertThat(why())
        .isEqualTo(
            "In throughput, platform threads reach 0.80 of virtual threads (±2.5%); forked"
                + " processes (JSON) reach 0.88 of virtual threads (±2.5%).");
  }

  @Test
  void platformThreadsAreFasterAndForkStandsBetween() {
    finding(THREADS, VIRTUAL, 1.2, 0.024, Verdict.FASTER);
    finding(FORK, THREADS, 0.9, 0.018, Verdict.SLOWER);
    finding(FORK, VIRTUAL, 1.08, 0.03, Verdict.INCONCLUSIVE);
    assertThat(headline())
        .isEqualTo(
            SETTING
                + "choose platform threads unless one task's crash must not take down the others.");
    assertThat(why())
        .isEqualTo(
            "In throughput, virtual threads reach 0.83 of platform threads (±2%); forked processes"
                + " (JSON) reach 0.90 of platform threads (±2%).");
  }

  @Test
  void oneKindOfThreads() {
    finding(FORK, VIRTUAL, 0.9, 0.018, Verdict.SLOWER);
    assertThat(headline())
        .isEqualTo(
            SETTING
                + "choose virtual threads unless one task's crash must not take down the others.");
    assertThat(why())
        .isEqualTo("In throughput, forked processes (JSON) reach 0.90 of virtual threads (±2%).");
  }

  @Test
  void noFork() {
    finding(THREADS, VIRTUAL, 1, 0.01, Verdict.SAME);
    assertThat(headline()).isEqualTo(SETTING + "choose by style, not by throughput.");
    assertThat(why())
        .isEqualTo("In throughput, virtual threads keep up with platform threads within 3%.");
  }

  @Test
  void nothingMeasured() {
    assertThat(headline()).isEqualTo("Nothing can be said yet: none of 10 trials has results.");
    assertThat(Headline.why(facts())).isEmpty();
  }

  @Test
  void whatIsNotMeasuredWellEnoughHasNoRatioButWhatWouldHelp() {
    finding(THREADS, VIRTUAL, 0.77, 0.75, Verdict.UNMEASURED);
    finding(FORK, THREADS, 0.77, 0.75, Verdict.UNMEASURED);
    finding(FORK, VIRTUAL, 0.77, 0.75, Verdict.UNMEASURED);
    assertThat(headline())
        .isEqualTo(
            SETTING
                + "choose platform or virtual threads unless one task's crash must not take down the"
                + " others; their throughput is not measured well enough to compare: measure for longer (--time), to a precision"
                + " (--precision) or on a quieter machine.");
    assertThat(why())
        .isEqualTo(
            "In throughput, virtual threads are not measured well enough against platform threads;"
                + " forked processes (JSON) are not measured well enough against platform threads.");
    assertThat(Caveats.of(facts()).inOrder().getFirst())
        .isEqualTo(
            "3 comparisons are not measured well enough to be shown, since their intervals are wider"
                + " than a factor of 1.5 either way (throughput 3 of 3): measure for longer (--time),"
                + " to a precision (--precision) or on a quieter machine.");
  }

  @Test
  void threadsAloneThatAreNotMeasuredWellEnoughAreNoChoice() {
    finding(THREADS, VIRTUAL, 0.77, 0.75, Verdict.UNMEASURED);
    assertThat(headline())
        .isEqualTo(
            SETTING
                + "throughput is not measured well enough to choose by: measure for longer (--time),"
                + " to a precision (--precision) or on a quieter machine.");
  }

  @Test
  void aPeerThatIsNotMeasuredWellEnoughHasNoRatio() {
    finding(FORK, Model.NODE, 0.77, 0.75, Verdict.UNMEASURED);
    finding(THREADS, Model.JDK_FIXED, 0.77, 0.75, Verdict.UNMEASURED);
    assertThat(ModelLines.of(facts(), SyntheticRun.BASE))
        .containsExactly(
            "Forked processes (JSON) against Node child_process.fork: not measured well enough.",
            "Our pools against plain JDK executors (2 workers, 4 KiB messages, 1 ms tasks):"
                + " platform threads are not measured well enough against the JDK fixed pool.");
  }

  @Test
  void growthPassesOverWhatIsNotMeasuredWellEnough() {
    at(1024, 0.99, Verdict.SAME);
    at(4096, 0.985, Verdict.SAME);
    at(1 << 20, 0.4, Verdict.UNMEASURED);
    assertThat(Growth.of(facts(), SyntheticRun.BASE))
        .containsExactly(
            "As messages grow from 1 KiB to 4 KiB, forked processes (JSON) go from 0.99 to 0.99 of platform"
                + " threads, no more change than the error: the same within 3% throughout; not"
                + " measured well enough at 1 MiB.");
  }

  @Test
  void aWideIntervalIsGivenByItsEnds() {
    finding(FORK, THREADS, 0.5, 0.2, Verdict.SLOWER);
    assertThat(why()).endsWith("reach 0.50 of platform threads (0.30 to 0.70).");
  }

  @Test
  void footprintsOfDifferentNumbersOfWorkersAreNotCompared() {
    finding(FORK, THREADS, 0.9, 0.018, Verdict.SLOWER);
    footprint(FORK, 200e6, 350);
    Footprint of = footprints.getFirst();
    Cell wider = new Cell(4, 2, 4096, 1_000_000);
    footprints.add(new Footprint(wider, THREADS, of.firstReply(), of.allReplies(), of.memory()));
    assertThat(why()).endsWith("(±2%).").doesNotContain("memory");
  }

  @Test
  void theHeadlineSpeaksOfWhatThePlanMeasuresMost() {
    at(1 << 20, 0.04, Verdict.SLOWER);
    at(4096, 0.9, Verdict.SLOWER);
    assertThat(headline()).startsWith(SETTING);
  }

  @Test
  void ratioIsFollowedAsMessagesGrow() {
    at(1024, 0.99, Verdict.SAME);
    at(4096, 0.985, Verdict.SAME);
    at(65536, 0.9, Verdict.SLOWER);
    at(1 << 20, 0.4, Verdict.SLOWER);
    assertThat(Growth.of(facts(), SyntheticRun.BASE))
        .containsExactly(
            "As messages grow from 1 KiB to 1 MiB, forked processes (JSON) go from 0.99 to 0.40 of platform"
                + " threads: the same within 3% from 1 KiB, slower from 64 KiB.");
  }

  private void at(int messageBytes, double ratio, Verdict verdict) {
    Cell cell = new Cell(2, 2, messageBytes, 1_000_000);
    findings.add(
        new Finding(
            Metric.THROUGHPUT,
            cell,
            FORK,
            THREADS,
            new Estimate(ratio, ratio - 0.01, ratio + 0.01, 2),
            verdict));
  }

  private void finding(Model model, Model against, double ratio, double half, Verdict verdict) {
    findings.add(
        new Finding(
            Metric.THROUGHPUT,
            SyntheticRun.BASE,
            model,
            against,
            new Estimate(ratio, ratio - half, ratio + half, 2),
            verdict));
  }

  private void footprint(Model model, double startNanos, double mebibytes) {
    Estimate start = new Estimate(startNanos, startNanos, startNanos, 4);
    Estimate size = new Estimate(mebibytes * 1048576, 0, 0, 2);
    Estimate none = Estimate.unknown();
    footprints.add(
        new Footprint(
            SyntheticRun.BASE,
            model,
            start,
            start,
            Map.of(Phase.LOADED, new Memory(size, none, size, none, none))));
  }

  private String headline() {
    return Headline.of(facts());
  }

  private String why() {
    return Headline.why(facts()).orElse("");
  }

  /// The plan has every cell that a finding speaks of.
  private Facts facts() {
    Cell[] cells =
        Stream.concat(findings.stream().map(Finding::cell), Stream.of(SyntheticRun.BASE))
            .distinct()
            .sorted(Comparator.comparingInt(Cell::messageBytes))
            .toArray(Cell[]::new);
    Run run = new SyntheticRun(1).cells(cells).run();
    return new Facts(
        run,
        0,
        List.of(),
        footprints,
        findings,
        List.of(),
        Optional.empty(),
        EarlyTaskTimes.of(run),
        List.of(),
        new Stopping.NoGoal(),
        List.of());
  }
}
