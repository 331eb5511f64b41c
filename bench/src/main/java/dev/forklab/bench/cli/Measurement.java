package dev.forklab.bench.cli;

import dev.forklab.bench.jmh.ExtraFlags;
import dev.forklab.bench.run.Eta;
import dev.forklab.bench.run.RunExecutor;
import dev.forklab.results.Calibration;
import dev.forklab.results.Plan;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Measures what a run directory does not have yet, and shows how it goes on; Ctrl-C ends it, and
/// what was measured is kept.
record Measurement(PrintWriter err) {

  /// How long an interrupted run waits for its processes to go.
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  /// Blocks until it has ended.
  ///
  /// @param recalibrating finds the amounts of work anew, if the first trial shows that they are
  ///   off
  /// @return whether all of it was measured; if not, it was interrupted
  boolean measure(Run run, RunDirectory directory, UnaryOperator<List<Calibration>> recalibrating) {
    Plan plan = run.plan();
    Eta eta = new Eta(plan, RunExecutor.done(directory));
    Progress progress = new Progress(err, plan, eta, Terminals.isTerminal());
    progress.resume(directory.readTrials());
    RunExecutor executor =
        new RunExecutor(run, directory, progress, ExtraFlags.NONE, recalibrating);
    try (Interruption _ = Interruption.watch(() -> stop(executor, plan, directory, progress))) {
      return executor.execute();
    } catch (IOException e) {
      throw new UserError(ExitCode.FILES, cannotKeep(plan, directory, e), e);
    } finally {
      progress.done();
    }
  }

  private void stop(RunExecutor executor, Plan plan, RunDirectory directory, Progress progress) {
    boolean clean = executor.stop(STOP_PATIENCE);
    progress.done();
    int kept = RunExecutor.done(directory).size();
    err.printf(
        "interrupted after %d%s trials, which are kept; go on with: %s%n",
        kept,
        kept > plan.trials().size() ? "" : " of " + plan.trials().size(),
        resuming(plan, directory));
    if (!clean) {
      err.println("lab: some processes of the trial in hand were still there when it ended");
    }
    err.flush();
  }

  private static String cannotKeep(Plan plan, RunDirectory directory, IOException thrown) {
    boolean elsewhere = thrown instanceof FileSystemException file && file.getFile() != null;
    return "cannot write %s (%s); the trials in %s are kept: make room, then go on with: %s"
        .formatted(
            elsewhere ? ((FileSystemException) thrown).getFile() : "into " + directory.path(),
            FileProblems.reason(thrown),
            directory.path(),
            resuming(plan, directory));
  }

  private static String resuming(Plan plan, RunDirectory directory) {
    String jars =
        plan.workloadJars().stream()
            .map(jar -> ShellWord.of(Path.of(jar.path())))
            .collect(Collectors.joining(","));
    return "lab bench --resume "
        + ShellWord.of(directory.path())
        + (jars.isEmpty() ? "" : " --workload-jar " + jars);
  }
}
