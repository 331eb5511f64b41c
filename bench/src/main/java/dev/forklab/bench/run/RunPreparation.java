package dev.forklab.bench.run;

import dev.forklab.reports.results.Calibration;
import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.Peer;
import dev.forklab.reports.results.Plan;
import dev.forklab.workload.Calibrator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Finds the amount of work for each task time and message size of a plan, on this machine, now.
public final class RunPreparation {

  private static final long SEED = 20_260_101L;

  private RunPreparation() {}

  /// One calibration for each combination of message size and task time in the plan's cells. Takes
  /// about a second each.
  public static List<Calibration> calibrate(Plan plan) {
    return calibrate(plan, plan.workload());
  }

  /// As [#calibrate(Plan)], but of another workload in the plan's cells.
  public static List<Calibration> calibrate(Plan plan, String workload) {
    Map<Knobs, Calibration> found = new LinkedHashMap<>();
    for (Cell cell : plan.cells()) {
      found.computeIfAbsent(
          new Knobs(cell.messageBytes(), cell.taskNanos()), knobs -> calibrate(workload, knobs));
    }
    return List.copyOf(found.values());
  }

  private static Calibration calibrate(String workload, Knobs knobs) {
    return recorded(
        Calibrator.calibrate(
            workload, message(knobs.messageBytes()), Duration.ofNanos(knobs.taskNanos())),
        null);
  }

  /// What is calibrated with.
  static byte[] message(int bytes) {
    byte[] message = new byte[bytes];
    new Random(SEED).nextBytes(message);
    return message;
  }

  /// A calibration as a run records it.
  static Calibration recorded(dev.forklab.workload.Calibration found, @Nullable Peer peer) {
    return new Calibration(
        found.spec().name(),
        found.messageBytes(),
        found.wanted().toNanos(),
        found.spec().iterations(),
        found.achieved().toNanos(),
        found.spread() / 2,
        peer);
  }

  private record Knobs(int messageBytes, long taskNanos) {}
}
