package dev.forklab.bench.run;

import dev.forklab.bench.host.Affinity;
import dev.forklab.bench.host.Disturbance;
import dev.forklab.bench.host.HostCounterReader;
import dev.forklab.bench.host.OwnCpu;
import dev.forklab.bench.jmh.ExtraFlags;
import dev.forklab.bench.jmh.JmhResultFile;
import dev.forklab.bench.jmh.OffPlanException;
import dev.forklab.bench.jmh.TrialFailedException;
import dev.forklab.bench.jmh.TrialResult;
import dev.forklab.bench.jmh.TrialRunner;
import dev.forklab.bench.jmh.TrialRunner.Work;
import dev.forklab.reports.analysis.Spending;
import dev.forklab.reports.analysis.Stopping;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.HostCounters;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import dev.forklab.results.Warning;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;

/// Runs the trials of a plan that a run directory does not have yet, in the plan's order; each is
/// on disk before the next begins. A trial that fails is recorded as failed, and the run goes on.
public final class RunExecutor {

  /// A Ctrl-C on a terminal reaches the trial's JVM as well as this one, and may end it first: so a
  /// trial that failed waits this long for [#stop] before it is called a failure.
  private static final long STOP_MAY_FOLLOW_MILLIS = 1000;

  /// How often a trial that is off its plan is started before it goes on as it is.
  private static final int ATTEMPTS = 2;

  /// How many trials of a run may be started anew: where every tenth one is off its plan, it is the
  /// machine whose speed wanders, and starting anew only costs time.
  private static final int FEWEST_ANEW = 3;

  private static final int TRIALS_PER_ANEW = 10;

  private final RunDirectory directory;
  private final RunListener listener;
  private final TrialRunner trials;
  private final JmhResultFile jmhResults;
  private final UnaryOperator<List<Calibration>> recalibrating;
  private final HostCounterReader counters = HostCounterReader.ofThisMachine();

  /// Of the thread that executes.
  private Run run;

  /// Of the thread that executes.
  private int anew;

  /// Opened by the thread that stops, read by the one that executes.
  private final CountDownLatch stopping = new CountDownLatch(1);

  /// Opened by the thread that executes, awaited by the one that stops.
  private final CountDownLatch ended = new CountDownLatch(1);

  public RunExecutor(Run run, RunDirectory directory, RunListener listener) {
    this(run, directory, listener, ExtraFlags.NONE);
  }

  /// A run whose amounts of work are what they are.
  ///
  /// @param extra flags of the trials' JVMs beside those that the plan asks for
  public RunExecutor(Run run, RunDirectory directory, RunListener listener, ExtraFlags extra) {
    this(run, directory, listener, extra, UnaryOperator.identity());
  }

  /// @param extra flags of the trials' JVMs beside those that the plan asks for
  /// @param recalibrating finds the amounts of work anew, if the first trial shows that they are
  ///   off
  public RunExecutor(
      Run run,
      RunDirectory directory,
      RunListener listener,
      ExtraFlags extra,
      UnaryOperator<List<Calibration>> recalibrating) {
    this.run = run;
    this.recalibrating = recalibrating;
    this.directory = directory;
    this.listener = listener;
    this.trials = new TrialRunner(run.plan(), extra);
    this.jmhResults = new JmhResultFile(directory.file(JmhResultFile.NAME));
  }

  /// The trials of a run directory that need not be run again: their indices.
  public static Set<Integer> done(RunDirectory directory) {
    return done(directory.readTrials());
  }

  private static Set<Integer> done(List<Trial> records) {
    return records.stream()
        .filter(trial -> trial.failure() == null)
        .map(trial -> trial.planned().index())
        .collect(Collectors.toSet());
  }

  /// Runs what is left of the plan, or of a run that was asked for a precision, what is left until
  /// that is reached or the time is spent; then what [Spending] chooses, if the plan keeps time in
  /// reserve. Blocks until it is done or stopped; once only.
  ///
  /// @return whether it is done; if not, it was stopped
  /// @throws IOException if a result cannot be written; all earlier ones are on disk
  public boolean execute() throws IOException {
    try {
      Set<Integer> done = done(directory);
      prepareWorkers(done);
      listener.prepared(
          Spending.preparation(run, directory.readTrials(), System.currentTimeMillis()));
      int block = -1;
      for (PlannedTrial trial : run.plan().trials()) {
        if (trial.block() != block && hasEndedBefore(trial)) {
          return true;
        }
        block = trial.block();
        if (!done.contains(trial.index()) && !executeAndKeep(trial)) {
          return false;
        }
      }
      return executeChosen();
    } finally {
      ended.countDown();
    }
  }

  private boolean executeChosen() throws IOException {
    while (true) {
      Optional<PlannedTrial> next = Spending.next(run, directory.readTrials());
      if (next.isEmpty() || !executeAndKeep(next.get())) {
        return next.isEmpty();
      }
    }
  }

  /// Before anything is timed; for each kind of child, since they load different classes.
  private void prepareWorkers(Set<Integer> done) {
    Set<List<Model>> prepared = new HashSet<>();
    for (PlannedTrial trial : run.plan().trials()) {
      boolean whole = trial.kind() == TrialKind.THROUGHPUT && !done.contains(trial.index());
      List<Model> children = trial.models().stream().filter(Model::hasChildJvms).toList();
      if (whole && !isStopping(0) && prepared.add(children)) {
        listener.preparing();
        trials
            .prepare(trial, new Work(calibrations(trial.cell()), false))
            .ifPresent(listener::unprepared);
      }
    }
  }

  /// Ends the trial in hand, which leaves no result, and with it [#execute]; for another thread.
  /// Blocks until all processes of the trial are gone and its files are removed.
  ///
  /// @return whether that was reached in time
  public boolean stop(Duration patience) {
    stopping.countDown();
    return TrialProcesses.end(ended, patience);
  }

  /// Whether the run has reached what it was asked for without this trial.
  private boolean hasEndedBefore(PlannedTrial trial) {
    return run.plan().goal() != null
        && trial.index() >= Stopping.after(run, directory.readTrials()).due(run.plan());
  }

  private boolean executeAndKeep(PlannedTrial trial) throws IOException {
    if (isStopping(0)) {
      return false;
    }
    listener.started(trial);
    Outcome outcome = execute(trial);
    if (outcome.trial().failure() != null && isStopping(STOP_MAY_FOLLOW_MILLIS)) {
      return false;
    }
    directory.append(outcome.trial());
    if (outcome.harness() != null) {
      jmhResults.add(trial, trials.measuredModels(trial), outcome.harness());
    }
    listener.finished(outcome.trial());
    return true;
  }

  private boolean isStopping(long waitMillis) {
    try {
      return stopping.await(waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// A trial's record, and the harness's own result if there is one.
  private record Outcome(Trial trial, @Nullable RunResult harness) {}

  private Outcome execute(PlannedTrial trial) throws IOException {
    try (StandstillWatch watch = new StandstillWatch()) {
      return execute(trial, watch);
    }
  }

  private Outcome execute(PlannedTrial trial, StandstillWatch watch) throws IOException {
    int slices = trials.slices(trial);
    HostCounters before = counters.read();
    long ownCpu = OwnCpu.nanos();
    long start = System.nanoTime();
    try {
      TrialResult result = run(trial, done -> listener.progress(trial, done, slices));
      long took = System.nanoTime() - start;
      HostCounters after = counters.read();
      List<Warning> warnings = new ArrayList<>(result.warnings());
      long used = ownCpu < 0 ? -1 : OwnCpu.nanos() - ownCpu;
      warnings.addAll(Disturbance.between(before, after, used));
      Affinity.of(trial.cell().cpus()).warning().ifPresent(warnings::add);
      watch.warning().ifPresent(warnings::add);
      return new Outcome(
          new Trial(
              RunDirectory.SCHEMA,
              trial,
              before.epochMillis(),
              took,
              result.slices(),
              result.openLoop(),
              result.startUps(),
              result.memory(),
              result.jvms(),
              before,
              after,
              warnings,
              result.warmUps(),
              result.parts(),
              null),
          result.harness());
    } catch (TrialFailedException e) {
      String message = String.valueOf(e.getMessage());
      List<Warning> warnings = new ArrayList<>();
      warnings.add(new Warning(Warning.Kind.TRIAL_FAILED, firstLine(message)));
      watch.warning().ifPresent(warnings::add);
      return new Outcome(failed(trial, before, System.nanoTime() - start, warnings, message), null);
    }
  }

  private Trial failed(
      PlannedTrial trial, HostCounters before, long took, List<Warning> warnings, String message) {
    return new Trial(
        RunDirectory.SCHEMA,
        trial,
        before.epochMillis(),
        took,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        before,
        counters.read(),
        warnings,
        List.of(),
        message);
  }

  /// Runs a trial; one that is off its plan is started anew, since a JVM can stay in a badly
  /// compiled state. If that does not help it is the plan that is off: before anything is measured
  /// the run calibrates again, and later the trial goes on, and its record says that it is off.
  private TrialResult run(PlannedTrial trial, IntConsumer slicesDone) throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS && mayStartAnew(trial, attempt); attempt++) {
      try {
        return trials.run(trial, new Work(calibrations(trial.cell()), true), slicesDone);
      } catch (OffPlanException e) {
        if (isStopping(0)) {
          throw e;
        }
        anew++;
        listener.startedAnew(trial, String.valueOf(e.getMessage()));
        if (attempt == ATTEMPTS && directory.readTrials().isEmpty()) {
          run = run.with(recalibrating.apply(run.calibrations()));
          directory.writeRun(run);
        }
      }
    }
    return trials.run(trial, new Work(calibrations(trial.cell()), false), slicesDone);
  }

  /// A first trial always may: it shows whether the plan is off. Others may if few have been, and
  /// if all that is planned still ends within the run's time.
  private boolean mayStartAnew(PlannedTrial trial, int attempt) {
    if (anew >= Math.max(FEWEST_ANEW, run.plan().trials().size() / TRIALS_PER_ANEW)) {
      return false;
    }
    if (run.plan().reserve() == null) {
      return true;
    }
    List<Trial> records = directory.readTrials();
    if (records.isEmpty()) {
      return true;
    }
    Eta eta = new Eta(run.plan(), done(records));
    eta.spent(Spending.spent(run, records));
    records.stream()
        .filter(record -> record.failure() == null)
        .forEach(
            record -> eta.finished(record.planned(), Duration.ofNanos(record.durationNanos())));
    return eta.hasTimeFor(trial, attempt + 1);
  }

  private List<Calibration> calibrations(Cell cell) {
    return run.calibrations().stream().filter(calibration -> calibration.isOf(cell)).toList();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
