package dev.forklab.bench.cli;

import dev.forklab.bench.host.HostInspector;
import dev.forklab.bench.plan.Machine;
import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.run.LabLock;
import dev.forklab.bench.run.WorkloadJars;
import dev.forklab.bench.selftest.Selftest;
import dev.forklab.bench.selftest.SelftestRequest;
import dev.forklab.bench.selftest.SelftestResult;
import dev.forklab.bench.selftest.SelftestText;
import dev.forklab.bench.selftest.Step;
import dev.forklab.bench.selftest.Workbench;
import dev.forklab.results.Host;
import dev.forklab.results.Plan;
import dev.forklab.results.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lab selftest`: measures what is known beforehand, and says whether the lab finds it.
@Command(
    name = "selftest",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Measure known quantities and check that the lab recovers them.",
      "",
      "Cross-checks counts, CPU time, memory and latency; compares identical models, and models"
          + " slowed by a known share; adds a busy neighbor. Takes about 25 minutes (--quick: 12)."
          + " Exit code 7 if a check falls short. Ctrl-C loses at most the current trial; --resume"
          + " continues."
    })
final class SelftestCommand implements Callable<Integer> {

  private static final String TEXT_FILE = "selftest.txt";
  private static final int REPETITIONS = 10;
  private static final int QUICK_REPETITIONS = 3;

  /// The size of the README's run: the more cells, the less time for each.
  private static final int USUAL_CORES = 8;

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--quick",
      description = "Three repetitions of the injected effects instead of ten.")
  private boolean quick;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "Repetitions of the injected effects (default: 10; with --quick: 3).")
  private @Nullable Integer repetitions;

  @Option(
      names = "--only",
      paramLabel = "STEP,...",
      hideParamSyntax = true,
      split = ",",
      description = "Some of ${COMPLETION-CANDIDATES} (default: all).")
  private List<Step> only = List.of(Step.values());

  @Mixin private RunPlace place = new RunPlace();

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Seed of the order of trials and slices (default: a new one each time).")
  private @Nullable Long seed;

  @Override
  public Integer call() throws IOException {
    Optional<Path> resumed = place.resumed();
    return resumed.isPresent() ? goOn(resumed.get()) : begin();
  }

  private int begin() throws IOException {
    SelftestRequest request = request();
    Host host = HostInspector.ofThisMachine().inspect();
    SelftestResult begun =
        new SelftestResult(
            LabVersion.text(),
            System.currentTimeMillis(),
            GivenCommand.line(spec),
            host,
            request,
            List.of(),
            null);
    RunFolders folders = place.create("selftest-");
    try (LabLock _ = LabLocks.takeOrAbandon(folders)) {
      return measure(folders.directory().path(), begun);
    }
  }

  private int goOn(Path path) throws IOException {
    SelftestResult begun = SelftestResult.read(path);
    SameMachine.check(begun.host(), HostInspector.ofThisMachine().inspect());
    try (LabLock _ = LabLocks.take()) {
      return measure(path, begun);
    }
  }

  private SelftestRequest request() {
    int count = repetitions != null ? repetitions : quick ? QUICK_REPETITIONS : REPETITIONS;
    if (count < 1 || count > 1000) {
      throw new UserError(ExitCode.USAGE, "expected --repetitions from 1 to 1000, found " + count);
    }
    return new SelftestRequest(only, count, seed != null ? seed : System.nanoTime());
  }

  private int measure(Path directory, SelftestResult begun) throws IOException {
    Workbench bench =
        new Workbench(
            directory,
            begun.host(),
            begun.labVersion(),
            begun.command(),
            new SelftestProgress(err(), Terminals.isTerminal()));
    Selftest selftest = new Selftest(directory, begun, usualPlan(begun), bench);
    err()
        .printf(
            "selftest: %s, about %s, into %s%n",
            steps(begun.request()), Notation.spoken(selftest.estimate()), directory);
    err().flush();
    Optional<SelftestResult> result;
    try (Interruption _ = Interruption.watch(() -> stop(bench, directory))) {
      result = selftest.run();
    }
    return result.isPresent() ? finish(directory, result.get()) : ExitCode.INTERRUPTED;
  }

  private int finish(Path directory, SelftestResult result) throws IOException {
    String text = SelftestText.of(result);
    WholeFile.write(directory.resolve(TEXT_FILE), text);
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.println("kept in: " + directory);
    out.flush();
    return result.held() ? ExitCode.OK : ExitCode.FELL_SHORT;
  }

  /// What `lab bench --cores 8` plans on this machine.
  private static Plan usualPlan(SelftestResult begun) throws IOException {
    Machine machine = ThisMachine.of(begun.host());
    int cores = Math.max(USUAL_CORES, machine.cpus());
    PlanOptions usual = new PlanOptions();
    new CommandLine(usual)
        .parseArgs("--cores", String.valueOf(cores), "--seed", "" + begun.request().seed());
    try (WorkloadJars none = usual.openJars()) {
      return Planner.plan(usual.request(machine.cpus(), none), machine);
    }
  }

  private static String steps(SelftestRequest request) {
    String names = String.join(", ", request.steps().stream().map(Step::id).toList());
    return request.steps().contains(Step.EFFECTS)
        ? String.format(Locale.ROOT, "%s (%d repetitions)", names, request.repetitions())
        : names;
  }

  private void stop(Workbench bench, Path directory) {
    boolean clean = bench.stop(STOP_PATIENCE);
    err()
        .printf(
            "interrupted; finished trials are kept; go on with: lab selftest --resume %s%n",
            ShellWord.of(directory));
    if (!clean) {
      err().println("lab: some processes of the trial in hand were still there when it ended");
    }
    err().flush();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
