package dev.forklab.bench.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.jmh.TaskCalls;
import dev.forklab.bench.selftest.Check.Outcome;
import dev.forklab.bench.selftest.Workbench.Measured;
import dev.forklab.results.MemorySample;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Slice;
import dev.forklab.results.Warning;
import dev.forklab.results.sample.PlainSlice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The judges of the cross-checks, on measurements that were made up: each must notice a lie.
class CrossChecksTest {

  private static final Plan TALLIED =
      ThroughputStep.plan(MadeUp.trials(), MadeUp.CELL, Model.THREADS);
  private static final TaskCalls CALLS = TaskCalls.of(TALLIED, MadeUp.CELL);

  @Test
  void tasksThatTheWorkersCountedAndTimedAlikeHold() {
    assertThat(tallied(500, 1.0)).hasSize(2).allMatch(check -> check.outcome() == Outcome.HELD);
  }

  @Test
  void taskTooManyFallsShort() {
    assertThat(tallied(501, 1.0))
        .hasSize(1)
        .allMatch(check -> check.outcome() == Outcome.FELL_SHORT);
  }

  @Test
  void clockThatIsTwoPercentFastFallsShort() {
    assertThat(tallied(500, 0.98))
        .extracting(Check::outcome)
        .containsExactly(Outcome.HELD, Outcome.FELL_SHORT);
  }

  /// A slice of so many tasks by the lab's count, of 500 by the workers', one a millisecond.
  private static List<Check> tallied(long operations, double clock) {
    long nanos = Math.round(operations * 1e6 * clock);
    List<Slice> slices =
        List.of(
            PlainSlice.of(0, Model.THREADS, true, 100, 100_000_000, -1, 0, null),
            PlainSlice.of(0, Model.THREADS, false, operations, nanos, -1, 0, null));
    long calls = CALLS.beforehand() + 100 + 500 + 4 * CALLS.window();
    long[] ends = LongStream.range(1, calls + 1).map(call -> call * 1_000_000).toArray();
    Measured measured =
        MadeUp.measured(TALLIED, planned -> MadeUp.trial(planned, slices, List.of(), List.of()));
    return ThroughputStep.judge(Model.THREADS, measured, ends);
  }

  @ParameterizedTest
  @CsvSource({
    "2_001, 2_000, HELD",
    "2_100, 2_000, FELL_SHORT",
    "2_001, 2_200, FELL_SHORT",
    "1_999, 2_000, FELL_SHORT"
  })
  void clockMustAgreeWithTheKernelAndWithWhatWasBurnt(String lab, String kernel, Outcome outcome) {
    Check check = CpuStep.judgeClock(millis(lab), millis(kernel), millis("2_000"));

    assertThat(check.outcome()).isEqualTo(outcome);
  }

  private static long millis(String text) {
    return Long.parseLong(text.replace("_", "")) * 1_000_000;
  }

  @ParameterizedTest
  @CsvSource({"1.0, HELD", "1.1, FELL_SHORT", "0.9, FELL_SHORT"})
  void cpuTimeThatTheTasksBurntMustBeSeen(double seen, Outcome outcome) {
    Plan plan = CpuStep.plan(MadeUp.trials(), 2);
    Measured measured =
        MadeUp.measured(
            plan,
            planned ->
                MadeUp.rounds(
                    planned, 5, 0.0001, model -> 50_000 + seen * planned.cell().taskNanos()));

    assertThat(CpuStep.judge(measured))
        .hasSameSizeAs(CpuStep.MODELS)
        .allMatch(check -> check.outcome() == outcome);
  }

  @ParameterizedTest
  @CsvSource({"64, HELD", "32, FELL_SHORT", "0, FELL_SHORT", "80, FELL_SHORT"})
  void memoryThatTheWorkersHoldMustBeSeen(long seenMib, Outcome outcome) {
    assertThat(MemoryStep.judge(memory(40), memory(40 + seenMib)))
        .hasSize(4)
        .allMatch(check -> check.outcome() == outcome);
  }

  @Test
  void memoryThatTheSystemDoesNotGiveIsNotMeasured() {
    Measured unknown =
        MadeUp.measured(
            MemoryStep.plan(MadeUp.trials(), 2),
            planned ->
                MadeUp.trial(
                    planned,
                    List.of(),
                    List.of(new MemorySample(Phase.IDLE, 2, -1, -1, 1 << 20, 0, 0)),
                    List.of()));

    assertThat(MemoryStep.judge(unknown, unknown))
        .allMatch(check -> check.outcome() == Outcome.NOT_MEASURED);
  }

  private static Measured memory(long mibPerWorker) {
    return MadeUp.measured(
        MemoryStep.plan(MadeUp.trials(), 2),
        planned -> {
          long bytes = (50 + mibPerWorker * planned.cell().workers()) << 20;
          List<MemorySample> samples =
              Arrays.stream(Phase.values())
                  .map(phase -> new MemorySample(phase, 2, bytes, bytes, bytes, 0, 0))
                  .toList();
          return MadeUp.trial(planned, List.of(), samples, List.of());
        });
  }

  @ParameterizedTest
  @CsvSource({"5.05, HELD", "4.9, FELL_SHORT", "5.6, FELL_SHORT"})
  void latencyThatTheTasksHaveMustBeSeen(double millis, Outcome outcome) {
    assertThat(LatencyStep.judge(latencies(5.05, millis)))
        .hasSameSizeAs(LatencyStep.MODELS)
        .filteredOn(check -> !check.claim().endsWith("inline"))
        .allMatch(check -> check.outcome() == outcome);
  }

  @Test
  void aMachineThatWakesAllThreadsLateIsNoFaultOfThePools() {
    assertThat(LatencyStep.judge(latencies(5.4, 5.6)))
        .allMatch(
            check -> check.claim().endsWith("inline") == (check.outcome() == Outcome.FELL_SHORT));
  }

  private static Measured latencies(double inlineMillis, double othersMillis) {
    return MadeUp.measured(
        LatencyStep.plan(MadeUp.trials(), 2),
        planned ->
            MadeUp.rounds(
                planned,
                5,
                0.0001,
                model -> (model == Model.INLINE ? inlineMillis : othersMillis) * 1e6));
  }

  @Test
  void driftThatIsPairedAwayAndWarnedOfHolds() {
    assertThat(DriftStep.judge(drift(1.5, List.of(busy()))))
        .hasSize(4)
        .allMatch(check -> check.outcome() == Outcome.HELD);
  }

  @Test
  void driftThatNobodyWarnsOfFallsShort() {
    assertThat(DriftStep.judge(drift(1.0, List.of())))
        .filteredOn(check -> check.claim().startsWith("warning"))
        .hasSize(2)
        .allMatch(check -> check.outcome() == Outcome.FELL_SHORT);
  }

  private static Warning busy() {
    return new Warning(Warning.Kind.BUSY_MACHINE, "other processes used 40% of the CPU time");
  }

  /// The machine becomes slower by that factor in the middle of each trial.
  private static Measured drift(double factor, List<Warning> warnings) {
    return MadeUp.measured(
        DriftStep.plan(MadeUp.trials(), MadeUp.CELL),
        planned -> {
          List<Slice> slices =
              new ArrayList<>(MadeUp.rounds(planned, 8, 0.002, model -> 1e6).slices());
          MadeUp.rounds(planned, 8, 0.002, model -> factor * 1e6).slices().stream()
              .map(CrossChecksTest::later)
              .forEach(slices::add);
          return MadeUp.trial(planned, slices, List.of(), warnings);
        });
  }

  private static Slice later(Slice slice) {
    return PlainSlice.of(
        slice.round() + 8,
        slice.model(),
        false,
        slice.operations(),
        slice.nanos(),
        slice.cpuNanos(),
        0,
        slice.latency());
  }

  @Test
  void failedTrialFallsShort() {
    Plan plan = LatencyStep.plan(MadeUp.trials(), 2);
    Measured missing =
        new Measured(
            MadeUp.measured(plan, planned -> MadeUp.rounds(planned, 1, 0, model -> 1)).run(),
            List.of());

    assertThat(LatencyStep.judge(missing))
        .allMatch(check -> check.outcome() == Outcome.FELL_SHORT)
        .isNotEmpty();
  }
}
