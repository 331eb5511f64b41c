package dev.forklab.bench.cli;

import dev.forklab.bench.faults.FaultExecutor;
import dev.forklab.bench.faults.FaultPlanner;
import dev.forklab.bench.host.HostInspector;
import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.run.LabLock;
import dev.forklab.bench.run.WorkloadJars;
import dev.forklab.results.FaultDirectory;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.FaultRun;
import dev.forklab.results.Host;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lab faults`: what a failure costs with each model.
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Measure what failures cost: lost tasks, recovery, leftovers.",
      "",
      "Starts a disposable service for each trial, loads it steadily with 70%% of its capacity, makes"
          + " one thing go wrong, and watches until it is well again. Tries each fault on each model,"
          + " run as in production and naively. Ctrl-C loses at most the current trial; --resume"
          + " continues. Linux only."
    })
final class FaultsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private FaultsOptions options = new FaultsOptions();

  @Mixin private RunPlace place = new RunPlace();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isDirectory(Path.of("/proc/self/task"))) {
      throw new UserError(
          ExitCode.USAGE,
          "expected Linux, whose /proc shows what a process holds, found "
              + System.getProperty("os.name")
              + "; run lab faults there, or in a container");
    }
    Optional<Path> resumed = place.resumed("--time");
    return resumed.isPresent() ? goOn(resumed.get()) : begin();
  }

  private int begin() throws IOException, InterruptedException {
    Host host = HostInspector.ofThisMachine().inspect();
    try (WorkloadJars jars = options.openJars()) {
      FaultPlan plan = FaultPlanner.plan(options.request(ThisMachine.of(host).cpus(), jars));
      RunFolders folders = place.create("faults-");
      try (LabLock _ = LabLocks.takeOrAbandon(folders)) {
        FaultDirectory directory = new FaultDirectory(folders.directory().path());
        FaultRun run =
            new FaultRun(
                FaultDirectory.SCHEMA,
                LabVersion.text(),
                System.currentTimeMillis(),
                GivenCommand.line(spec),
                plan,
                host);
        folders.begin(() -> directory.writeRun(run));
        return measure(run, directory);
      }
    }
  }

  private int goOn(Path path) throws IOException, InterruptedException {
    FaultDirectory directory = new FaultDirectory(path);
    FaultRun begun = directory.readRun();
    FaultRun run = options.givenTime().map(begun::within).orElse(begun);
    SameMachine.check(run.host(), HostInspector.ofThisMachine().inspect());
    try (WorkloadJars _ = options.reopenJars(run.plan().workloadJars());
        LabLock _ = LabLocks.take()) {
      if (!run.equals(begun)) {
        directory.writeRun(run);
      }
      return measure(run, directory);
    }
  }

  private int measure(FaultRun run, FaultDirectory directory)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "faults: %d trials, about %s, into %s%n",
        run.plan().trials().size(),
        Notation.spoken(FaultPlanner.estimate(run.plan())),
        directory.path());
    err.flush();
    FaultsProgress progress = new FaultsProgress(err, run.plan(), Terminals.isTerminal());
    try (Interruption _ = Interruption.watch(() -> interrupted(progress, directory))) {
      new FaultExecutor(run, directory, progress).execute();
    } finally {
      progress.done();
    }
    return FaultsOutput.write(directory, Optional.empty(), directory.path(), spec.commandLine());
  }

  private void interrupted(FaultsProgress progress, FaultDirectory directory) {
    progress.done();
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "interrupted; finished trials are kept; go on with: lab faults --resume %s%n",
        ShellWord.of(directory.path()));
    err.flush();
  }
}
