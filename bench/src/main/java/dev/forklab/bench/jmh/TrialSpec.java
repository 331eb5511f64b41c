package dev.forklab.bench.jmh;

import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.plan.SliceOrder;
import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.results.Calibration;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.workload.WorkloadSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// All that a trial's JVM needs to know, handed over as a file.
///
/// @param planned the trial
/// @param workload what its tasks compute, calibrated for the cell
/// @param expected what one task should take of a CPU, or null if that is not known
/// @param insists whether the trial should rather end without results than go on with a model that
///   is off the plan
/// @param peers what each peer of the trial needs for the same task time
/// @param timing how long its slices are and how many it has
/// @param heapBytes total heap of each model
/// @param workerJvmArgs flags of the fork model's child JVMs
/// @param window how many tasks a throughput slice keeps in flight
/// @param startUps how many times a footprint trial starts its pool
/// @param loadNanos how long a footprint trial keeps its pool loaded
/// @param observations the file in which the trial's JVM leaves its [Observations]
record TrialSpec(
    PlannedTrial planned,
    WorkloadSpec workload,
    @Nullable Expected expected,
    boolean insists,
    List<Calibration> peers,
    SliceTiming timing,
    long heapBytes,
    List<String> workerJvmArgs,
    int window,
    int startUps,
    long loadNanos,
    Path observations) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /// What a task takes in one thread of a CPU at full speed, and what the yardstick takes there.
  record Expected(double taskNanos, double yardstickNanos) {}

  TrialSpec {
    peers = List.copyOf(peers);
    workerJvmArgs = List.copyOf(workerJvmArgs);
  }

  /// What the heap of each JVM may grow to in a trial of one model: the whole budget, or of forked
  /// processes the parent's and each child's share.
  long heapBytesPerJvm() {
    return planned.models().stream().allMatch(Model::hasChildJvms)
        ? Planner.heapBytesPerProcess(heapBytes, planned.cell().workers())
        : heapBytes;
  }

  SliceOrder order() {
    return SliceOrder.of(planned.models(), timing.measuredRounds(), planned.seed());
  }

  /// How the harness runs it.
  TrialProtocol protocol() {
    return TrialProtocol.of(planned, timing, startUps);
  }

  static TrialSpec read(Path file) {
    return JSON.readValue(file, TrialSpec.class);
  }

  void write(Path file) throws java.io.IOException {
    Files.writeString(file, JSON.writeValueAsString(this));
  }
}
