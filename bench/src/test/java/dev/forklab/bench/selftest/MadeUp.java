package dev.forklab.bench.selftest;

import dev.forklab.bench.plan.Machine;
import dev.forklab.bench.plan.PlanRequest;
import dev.forklab.bench.plan.PlanRequest.Depth;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.plan.WorkloadChoice;
import dev.forklab.bench.selftest.Workbench.Measured;
import dev.forklab.bench.selftest.Workbench.Work;
import dev.forklab.results.Cell;
import dev.forklab.results.Host;
import dev.forklab.results.HostCounters;
import dev.forklab.results.MemorySample;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Run;
import dev.forklab.results.Slice;
import dev.forklab.results.Trial;
import dev.forklab.results.Warning;
import dev.forklab.results.sample.PlainSlice;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/// Measurements that were never made: the judges' input, with the truth known.
final class MadeUp {

  static final Cell CELL = new Cell(2, 2, 4096, 1_000_000);

  private static final int SLICE_TASKS = 1000;

  private MadeUp() {}

  /// What a machine of two CPUs plans by default for eight workers.
  static Plan usualPlan() {
    return Planner.plan(
        new PlanRequest(
            new WorkloadChoice("seal", List.of(), 0),
            8,
            List.of(4096),
            List.of(Duration.ofMillis(1)),
            Set.of(Model.FORK, Model.THREADS, Model.VIRTUAL),
            Depth.DEFAULT,
            Duration.ofMinutes(7),
            false,
            0,
            "serial",
            1,
            0,
            false),
        new Machine(2, 8L << 30));
  }

  static Trials trials() {
    return new Trials(usualPlan(), 1);
  }

  static Measured measured(Plan plan, Function<PlannedTrial, Trial> trial) {
    Host host = new Host("Linux", "A CPU", 2, 8L << 30, "25", Map.of(), List.of());
    Run run =
        new Run(1, "0", 0, "lab selftest", plan, host, Work.microseconds().calibrations(plan));
    return new Measured(run, plan.trials().stream().map(trial).toList());
  }

  static Trial trial(
      PlannedTrial planned, List<Slice> slices, List<MemorySample> memory, List<Warning> warnings) {
    HostCounters none = new HostCounters(0, 0, 0, 0, 0, 0, 0, 0);
    return new Trial(
        1, planned, 0, 1, slices, List.of(), List.of(), memory, List.of(), none, none, warnings,
        List.of(), null);
  }

  /// Mirrored rounds of a machine whose slices scatter by `noise`, in which each task of a model
  /// takes as long as `nanos` says.
  static Trial rounds(
      PlannedTrial planned, int rounds, double noise, ToDoubleFunction<Model> nanos) {
    Random random = new Random(planned.seed());
    List<Slice> slices = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<Model> order = new ArrayList<>(planned.models());
      order.addAll(planned.models().reversed());
      for (Model model : order) {
        double task = nanos.applyAsDouble(model) * Math.exp(noise * random.nextGaussian());
        slices.add(slice(round, model, task));
      }
    }
    return trial(planned, slices, List.of(), List.of());
  }

  private static Slice slice(int round, Model model, double taskNanos) {
    Histogram latencies = new Histogram(3);
    latencies.recordValueWithCount(Math.round(taskNanos), SLICE_TASKS);
    ByteBuffer bytes = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
    int length = latencies.encodeIntoCompressedByteBuffer(bytes);
    long nanos = Math.round(SLICE_TASKS * taskNanos);
    return PlainSlice.of(
        round,
        model,
        false,
        SLICE_TASKS,
        nanos,
        nanos,
        0,
        Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length)));
  }
}
