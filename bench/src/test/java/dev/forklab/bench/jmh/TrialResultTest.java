package dev.forklab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.bench.plan.SliceOrder;
import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Slice;
import dev.forklab.results.Slice.Conditions;
import dev.forklab.results.Slice.Effort;
import dev.forklab.results.TrialKind;
import dev.forklab.results.Warning;
import dev.forklab.workload.WorkloadSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialResultTest {

  private static final int WORKERS = 2;
  private static final Cell CELL = new Cell(WORKERS, 2, 64, 1_000_000);
  private static final List<Model> MODELS = List.of(Model.INLINE, Model.CONTROL, Model.THREADS);
  private static final TrialSpec SPEC =
      new TrialSpec(
          new PlannedTrial(0, 0, TrialKind.THROUGHPUT, CELL, MODELS, 5),
          new WorkloadSpec("seal", 1),
          null,
          false,
          List.of(),
          new SliceTiming(Harness.SLICE_NANOS, Harness.SLICE_NANOS, 0, 1, 3),
          1L << 30,
          List.of(),
          8,
          1,
          1,
          Path.of("observations.json"));
  private static final SliceOrder ORDER = SPEC.order();
  private static final Conditions CONDITIONS = new Conditions(100, 50_000, 51_000);

  private final List<Long> counted = new ArrayList<>();
  private static final Effort EFFORT = new Effort(5, 1, 0, 0, 4096);

  private final List<SliceObservation> seen = new ArrayList<>();
  private final List<SliceObservation> warmUp =
      List.of(observed(Model.THREADS, 10, 0), observed(Model.INLINE, 5, 0));

  /// Slice i had i + 1 calls.
  TrialResultTest() {
    for (int i = 0; i < ORDER.slices().size(); i++) {
      seen.add(observed(ORDER.slices().get(i), tasks(i), 0));
      counted.add(i + 1L);
    }
  }

  private static SliceObservation observed(Model model, long tasks, int wrong) {
    return new SliceObservation(
        model, tasks, tasks, Harness.SLICE_NANOS, 7, wrong, EFFORT, null, CONDITIONS);
  }

  /// A call of a pool is a task for each worker, a call of the baseline is one.
  private static long tasks(int slice) {
    boolean pool = ORDER.slices().get(slice).role() == Model.Role.CANDIDATE;
    return (slice + 1L) * (pool ? WORKERS : 1);
  }

  @Test
  void eachOfTheHarnessesScoresGoesToTheModelOfItsSlice() {
    List<Slice> slices = join().slices().stream().filter(slice -> !slice.warmup()).toList();
    assertThat(slices).extracting(Slice::model).isEqualTo(ORDER.slices());
    assertThat(slices).extracting(Slice::round).isEqualTo(ORDER.rounds());
    for (int i = 0; i < slices.size(); i++) {
      assertThat(slices.get(i).operations()).isEqualTo(tasks(i));
      assertThat(slices.get(i).nanos()).isEqualTo(Harness.SLICE_NANOS);
      assertThat(slices.get(i).cpuNanos()).isEqualTo(7);
      assertThat(slices.get(i).conditions()).isEqualTo(CONDITIONS);
    }
    assertThat(join().warnings()).isEmpty();
  }

  @Test
  void warmUpSlicesGoAheadOfThoseThatTheHarnessCounted() {
    List<Slice> slices = join().slices();
    assertThat(slices.subList(0, 2))
        .allMatch(Slice::warmup)
        .extracting(Slice::model)
        .containsExactly(Model.THREADS, Model.INLINE);
    assertThat(slices.subList(2, slices.size())).noneMatch(Slice::warmup);
  }

  @Test
  void aWrongReplyIsKeptWithItsSliceAndWarnedOf() {
    int wrong = 4;
    seen.set(wrong, observed(ORDER.slices().get(wrong), tasks(wrong), 2));
    TrialResult result = join();
    assertThat(result.slices())
        .filteredOn(slice -> slice.wrongReplies() > 0)
        .containsExactly(result.slices().get(warmUp.size() + wrong));
    assertThat(result.warnings())
        .containsExactly(new Warning(Warning.Kind.WRONG_REPLY, "2 wrong replies"));
  }

  @Test
  void aSliceThatTheHarnessCountedOtherwiseIsWarnedOf() {
    counted.set(3, 1000L);
    assertThat(join().warnings())
        .containsExactly(
            new Warning(
                Warning.Kind.COUNT_MISMATCH,
                "1 of " + ORDER.slices().size() + " slices were counted differently"));
  }

  @Test
  void aTrialThatLacksASliceHasNoResult() {
    counted.removeLast();
    assertThatThrownBy(this::join)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "expected %1$d slices; found %1$d, and %2$d of the harness"
                .formatted(ORDER.slices().size(), ORDER.slices().size() - 1));
  }

  private TrialResult join() {
    return TrialResult.join(
        SPEC,
        Harness.result(counted),
        new Observations(List.of(), warmUp, seen, List.of(), List.of(), List.of(), List.of()));
  }
}
