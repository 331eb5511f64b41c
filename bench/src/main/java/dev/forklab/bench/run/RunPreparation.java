package dev.forklab.bench.run;

import dev.forklab.bench.calibration.Calibrator;
import dev.forklab.bench.calibration.Found;
import dev.forklab.bench.calibration.JvmLaunch;
import dev.forklab.bench.calibration.KeptCalibrations;
import dev.forklab.bench.calibration.Launch;
import dev.forklab.bench.calibration.Wanted;
import dev.forklab.bench.jmh.TrialClassPath;
import dev.forklab.bench.jmh.TrialRunner;
import dev.forklab.results.Calibration;
import dev.forklab.results.Host;
import dev.forklab.results.Peer;
import dev.forklab.results.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The amount of work for each task time and message size of a plan on this machine: what was found
/// earlier, or what a calibration finds now, which is then kept.
public final class RunPreparation {

  private final Plan plan;
  private final Host host;
  private final KeptCalibrations kept;
  private final boolean anew;
  private final Consumer<String> notes;

  /// @param anew whether to calibrate even what is known
  /// @param notes told a line if what was found cannot be kept
  public RunPreparation(
      Plan plan, Host host, KeptCalibrations kept, boolean anew, Consumer<String> notes) {
    this.plan = plan;
    this.host = host;
    this.kept = kept;
    this.anew = anew;
    this.notes = notes;
  }

  /// What each combination of message size and task time in the plan's cells needs in a JVM. Takes
  /// some fifteen seconds where it is not known yet.
  public List<Calibration> calibrate() {
    return calibrate(plan.workload());
  }

  /// As [#calibrate()], but of another workload in the plan's cells.
  public List<Calibration> calibrate(String workload) {
    try (TrialClassPath _ = new TrialClassPath(plan.workloadJars())) {
      List<String> flags = TrialRunner.workerFlags(plan);
      return calibrations(workload, null, () -> JvmLaunch.start(workload, flags)).stream()
          .map(Result::calibration)
          .toList();
    }
  }

  /// A calibration, and whether it makes the time.
  record Result(Calibration calibration, Found.Reach reach) {}

  /// What is known of all the plan's cells, found now if it is not.
  ///
  /// @param peer the runtime, or null for the JVM
  List<Result> calibrations(String workload, @Nullable Peer peer, Supplier<Launch> launcher) {
    var key = new KeptCalibrations.Key(host, plan.workloadJars(), workload, peer);
    List<Wanted> all =
        plan.cells().stream()
            .map(cell -> new Wanted(cell.messageBytes(), cell.taskNanos()))
            .distinct()
            .toList();
    List<Optional<Calibration>> known =
        all.stream().map(it -> anew ? Optional.<Calibration>empty() : kept.find(key, it)).toList();
    if (known.stream().allMatch(Optional::isPresent)) {
      return known.stream()
          .flatMap(Optional::stream)
          .map(it -> new Result(it, Found.Reach.REACHED))
          .toList();
    }
    List<Result> results = new ArrayList<>();
    for (Found found : Calibrator.calibrate(all, launcher)) {
      Calibration calibration =
          new Calibration(
              workload,
              found.wanted().messageBytes(),
              found.wanted().taskNanos(),
              found.iterations(),
              Math.round(found.taskNanos()),
              found.spread(),
              peer,
              found.yardstickNanos());
      results.add(new Result(calibration, found.reach()));
      if (found.reach() == Found.Reach.REACHED) {
        keep(key, found.wanted(), calibration);
      }
    }
    return results;
  }

  private void keep(KeptCalibrations.Key key, Wanted wanted, Calibration found) {
    try {
      kept.keep(key, wanted, found);
    } catch (IOException e) {
      notes.accept("the calibration cannot be kept for the next run (" + e + ")");
    }
  }
}
