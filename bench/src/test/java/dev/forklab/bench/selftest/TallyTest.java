package dev.forklab.bench.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.instrument.Tally;
import dev.forklab.bench.jmh.ExtraFlags;
import dev.forklab.bench.jmh.TaskCalls;
import dev.forklab.bench.jmh.TrialRunner;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Slice;
import dev.forklab.results.TrialKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One real trial, counted in its workers: no timing decides anything.
class TallyTest {

  @TempDir Path folder;

  @Test
  void workersCountTheTasksThatTheLabCounts() throws Exception {
    Cell cell = new Cell(2, 2, 64, 1_000_000);
    Budget shortest = new Budget(20_000_000, 1, 1, 1);
    Plan plan =
        MadeUp.trials()
            .of(
                Tally.class.getName(),
                TrialKind.THROUGHPUT,
                List.of(cell),
                List.of(Model.FORK),
                shortest);
    List<String> flags = List.of("-D" + Tally.FOLDER + "=" + folder);

    List<Slice> slices =
        new TrialRunner(plan, new ExtraFlags(flags, flags))
            .run(
                plan.trials().getFirst(),
                new TrialRunner.Work(
                    List.of(new Calibration(plan.workload(), 64, 1_000_000, 100, 1, 0)), false),
                done -> {})
            .slices();

    TaskCalls calls = TaskCalls.of(plan, cell);
    assertThat(slices).isNotEmpty();
    assertThat(Tally.read(folder))
        .hasSize((int) (calls.beforehand() + slices.stream().mapToLong(calls::of).sum()));
  }
}
