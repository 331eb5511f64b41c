package dev.forklab.bench.selftest;

import dev.forklab.bench.jmh.ExtraFlags;
import dev.forklab.bench.run.RunExecutor;
import dev.forklab.bench.run.RunListener;
import dev.forklab.results.Calibration;
import dev.forklab.results.Host;
import dev.forklab.results.Plan;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes a selftest's measurements, each in a run directory of its own below the selftest's: what
/// was measured is kept, and what is there already is not measured again.
public final class Workbench {

  private final Path root;
  private final Host host;
  private final String labVersion;
  private final String command;
  private final SelftestListener listener;

  /// Written by the measuring thread, read by the one that stops it.
  private volatile @Nullable RunExecutor running;

  private volatile boolean stopped;

  /// @param root the selftest's directory
  public Workbench(
      Path root, Host host, String labVersion, String command, SelftestListener listener) {
    this.root = root;
    this.host = host;
    this.labVersion = labVersion;
    this.command = command;
    this.listener = listener;
  }

  /// A measurement.
  record Measured(Run run, List<Trial> trials) {

    Measured {
      trials = List.copyOf(trials);
    }

    /// Why some of it is missing, if it is.
    @Nullable String failure() {
      for (Trial trial : trials) {
        String failure = trial.failure();
        if (failure != null) {
          return "a trial failed: " + failure.lines().findFirst().orElse("");
        }
      }
      int missing = run.plan().trials().size() - trials.size();
      return missing == 0 ? null : missing + " trials are missing";
    }
  }

  /// The selftest was stopped.
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// What a measurement may do beside its trials.
  ///
  /// @param flags of its JVMs
  /// @param around puts something between the trials and who hears of them
  record Setting(ExtraFlags flags, UnaryOperator<RunListener> around) {
    static final Setting PLAIN = new Setting(ExtraFlags.NONE, UnaryOperator.identity());

    static Setting of(ExtraFlags flags) {
      return new Setting(flags, UnaryOperator.identity());
    }
  }

  SelftestListener listener() {
    return listener;
  }

  /// The folder of one measurement, made if it is not there.
  Path folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  /// Whether a measurement has begun: its run directory is there.
  boolean hasBegun(String name) {
    return Files.exists(root.resolve(name).resolve(RunDirectory.RUN_FILE));
  }

  /// Measures what of a plan is not there yet.
  ///
  /// @param work the amount of work of each of its tasks; if it began earlier, the amount then
  Measured measure(String name, Plan plan, Work work, Setting setting) throws IOException {
    RunDirectory directory = new RunDirectory(folder(name));
    if (!hasBegun(name)) {
      directory.writeRun(
          new Run(
              RunDirectory.SCHEMA,
              labVersion,
              System.currentTimeMillis(),
              command,
              plan,
              host,
              work.calibrations(plan)));
    }
    Run run = directory.readRun();
    execute(run, directory, setting);
    return new Measured(run, Trial.latest(directory.readTrials()));
  }

  private void execute(Run run, RunDirectory directory, Setting setting) throws IOException {
    RunListener hears = listener.measuring(run.plan(), RunExecutor.done(directory));
    RunExecutor executor =
        new RunExecutor(run, directory, setting.around().apply(hears), setting.flags());
    running = executor;
    try {
      if (stopped || !executor.execute()) {
        throw new StoppedException();
      }
    } finally {
      running = null;
      listener.measured();
    }
  }

  /// Ends the trial in hand and with it the selftest; for another thread.
  ///
  /// @return whether all processes went in time
  public boolean stop(Duration patience) {
    stopped = true;
    RunExecutor executor = running;
    return executor == null || executor.stop(patience);
  }

  /// How much work the tasks of a measurement are.
  @FunctionalInterface
  interface Work {
    List<Calibration> calibrations(Plan plan);

    /// So many iterations in each cell: as many as its task time has microseconds.
    static Work microseconds() {
      return plan ->
          plan.cells().stream()
              .map(cell ->
                  new Calibration(
                      plan.workload(),
                      cell.messageBytes(),
                      cell.taskNanos(),
                      (int) (cell.taskNanos() / 1000),
                      cell.taskNanos(),
                      0))
              .distinct()
              .toList();
    }
  }
}
