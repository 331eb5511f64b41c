package dev.forklab.bench.run;

import dev.forklab.bench.host.HostInspector;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Plan.Reserve;
import dev.forklab.results.Plan.WorkloadJar;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A run whose real trials take a second or two each.
public final class TinyRun {

  private static final Cell CELL = new Cell(1, 1, 64, 100_000);
  private static final Budget BUDGET = new Budget(5_000_000, 10_000_000, 10_000_000, 1);
  private static final Budget WARMED = new Budget(20_000_000, 30_000_000_000L, 10_000_000, 1);

  /// About what it takes anywhere: it excuses no task that takes thousands of times too long.
  private static final double YARDSTICK_NANOS = 40_000;

  private TinyRun() {}

  /// Throughput trials of a pool of processes, in turn with footprints of a pool of threads.
  public static Run of(int trials) {
    return of(trials, "seal", List.of());
  }

  /// As [#of(int)], of another workload.
  public static Run of(int trials, String workload, List<WorkloadJar> jars) {
    List<Model> models = List.of(Model.INLINE, Model.CONTROL, Model.FORK);
    List<PlannedTrial> planned = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      boolean even = i % 2 == 0;
      planned.add(
          new PlannedTrial(
              i,
              0,
              even ? TrialKind.THROUGHPUT : TrialKind.FOOTPRINT,
              CELL,
              even ? models : List.of(Model.THREADS),
              100L + i));
    }
    return run(workload, models, planned, jars, null, BUDGET);
  }

  /// Throughput trials in which a pool of processes is compared with a pool of threads.
  public static Run comparing(int trials) {
    return comparing(trials, null);
  }

  /// The same, followed by what is chosen.
  public static Run comparing(int trials, @Nullable Reserve reserve) {
    List<Model> models = List.of(Model.INLINE, Model.CONTROL, Model.FORK, Model.THREADS);
    return run("seal", models, throughput(trials, models), List.of(), reserve, BUDGET);
  }

  /// Throughput trials that are warmed up and whose tasks cannot take as little time as was
  /// planned.
  static Run offItsPlan(int trials, @Nullable Reserve reserve) {
    List<Model> models = List.of(Model.INLINE, Model.CONTROL);
    return run("seal", models, throughput(trials, models), List.of(), reserve, WARMED)
        .with(
            List.of(
                new Calibration(
                    "seal",
                    CELL.messageBytes(),
                    CELL.taskNanos(),
                    50,
                    1,
                    0.01,
                    null,
                    YARDSTICK_NANOS)));
  }

  private static List<PlannedTrial> throughput(int trials, List<Model> models) {
    return IntStream.range(0, trials)
        .mapToObj(i -> new PlannedTrial(i, 0, TrialKind.THROUGHPUT, CELL, models, 100L + i))
        .toList();
  }

  private static Run run(
      String workload,
      List<Model> models,
      List<PlannedTrial> planned,
      List<WorkloadJar> jars,
      @Nullable Reserve reserve,
      Budget budget) {
    Plan plan =
        new Plan(
            100,
            workload,
            1,
            List.of(CELL),
            models,
            budget,
            256L << 20,
            "serial",
            planned,
            jars,
            null,
            reserve);
    return new Run(
        RunDirectory.SCHEMA,
        "test",
        0,
        "lab bench",
        plan,
        HostInspector.ofThisMachine().inspect(),
        List.of(
            new Calibration(workload, CELL.messageBytes(), CELL.taskNanos(), 50, 100_000, 0.01)));
  }
}
