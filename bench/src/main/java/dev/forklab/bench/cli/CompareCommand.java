package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Replication;
import dev.forklab.reports.analysis.RunClaims;
import dev.forklab.results.RunDirectory;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lab compare DIR DIR...`: what several runs say of the same comparisons.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Say how well several runs agree, comparison by comparison.",
      "",
      "For every comparison in at least two runs, prints each run's ratio, plain 95%% interval and"
          + " verdict, and how many pairs of runs differ. Refuses runs of another workload, machine,"
          + " JDK or task time. Leaves a run out of a cell if its tasks have over 10%% more or fewer"
          + " iterations than the others'. Runs are independent: nothing is paired between them."
    })
final class CompareCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Run directories, two or more.")
  private List<Path> directories = List.of();

  @Override
  public Integer call() {
    if (directories.size() < 2) {
      throw new UserError(
          ExitCode.USAGE, "expected two run directories or more, found one; name another");
    }
    Set<Path> different = new HashSet<>();
    for (Path directory : directories) {
      if (!different.add(directory.toAbsolutePath().normalize())) {
        throw new UserError(
            ExitCode.USAGE,
            "expected different runs, found " + directory + " twice; name each once");
      }
    }
    List<RunClaims> runs = directories.stream().map(CompareCommand::read).toList();
    Replication.refusal(runs)
        .ifPresent(reason -> {
          throw new UserError(ExitCode.USAGE, reason);
        });
    CompareText.print(Replication.of(runs), spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private static RunClaims read(Path path) {
    RunDirectory directory = new RunDirectory(path);
    return RunClaims.of(path.toString(), directory.readRun(), directory.readTrials());
  }
}
