package dev.forklab.bench.cli;

import dev.forklab.bench.host.HostInspector;
import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.plan.ReferencePlan;
import dev.forklab.bench.run.WorkloadJars;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.RunClaims;
import dev.forklab.reports.compare.Replication;
import dev.forklab.results.Plan;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lab reference`: measures what a run measured for much longer, and holds the run against it.
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measure a run's cells again, for longer, and compare the results.",
      "",
      "Measures the throughput of each cell for about two minutes, with all models warmed up, and"
          + " says whether the run's intervals contain the result. The tasks are the run's own (the"
          + " same iterations), on the same machine. The reference is a run directory like any other."
    })
final class ReferenceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The run directory to compare with a reference.")
  private Path directory = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the reference goes; must be new or empty (default:"
              + " runs/reference-DATE-TIME).")
  private @Nullable Path out;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description = "Measure nothing; hold the run against this reference, measured earlier.")
  private @Nullable Path against;

  @Option(
      names = "--workload-jar",
      paramLabel = "FILE,...",
      hideParamSyntax = true,
      split = ",",
      description = "The jars of the run's workload: they run only if named.")
  private List<Path> workloadJars = List.of();

  @Override
  public Integer call() throws IOException {
    RunDirectory of = new RunDirectory(directory);
    Run run = of.readRun();
    RunDirectory reference = against == null ? measured(run) : new RunDirectory(against);
    if (reference == null) {
      return ExitCode.INTERRUPTED;
    }
    AgreementText.printReference(
        Replication.of(List.of(claims(of), claims(reference))), spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private static RunClaims claims(RunDirectory directory) {
    return RunClaims.of(directory.path().toString(), directory.readRun(), directory.readTrials())
        .only(Metric.THROUGHPUT);
  }

  /// Empty if it was interrupted.
  private @Nullable RunDirectory measured(Run run) throws IOException {
    SameMachine.check(run.host(), HostInspector.ofThisMachine().inspect());
    Plan plan = ReferencePlan.of(run.plan(), run.plan().seed());
    PrintWriter err = spec.commandLine().getErr();
    try (WorkloadJars _ = WorkloadJars.reopen(plan.workloadJars(), workloadJars)) {
      RunFolders folders = RunFolders.create(out, "reference-");
      RunDirectory reference = folders.directory();
      try (var _ = LabLocks.takeOrAbandon(folders)) {
        err.printf(
            "reference of %s: %d trials, about %s, into %s%n",
            directory,
            plan.trials().size(),
            Notation.spoken(Planner.estimate(plan)),
            reference.path());
        err.flush();
        Run begun =
            new Run(
                RunDirectory.SCHEMA,
                LabVersion.text(),
                System.currentTimeMillis(),
                GivenCommand.line(spec),
                plan,
                run.host(),
                run.calibrations());
        folders.begin(() -> reference.writeRun(begun));
        return new Measurement(err).measure(begun, reference, UnaryOperator.identity())
            ? reference
            : null;
      }
    }
  }
}
