package dev.forklab.bench.cli;

import dev.forklab.results.FaultDirectory;
import dev.forklab.results.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lab report DIR`: writes the report of a run again, finished or not, from its raw results.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Rewrite a run's report from its raw results.")
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "A run directory, finished or not.")
  private Path directory = Path.of(".");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the report goes (default: the run directory); for a run on a full disk or one that"
              + " must not be changed.")
  private @Nullable Path out;

  @Option(
      names = "--with",
      paramLabel = "RUN",
      description =
          "For a run of lab faults: a run of lab bench, whose numbers say what isolation costs.")
  private @Nullable Path with;

  @Override
  public Integer call() throws IOException {
    Path into = out == null ? directory : out;
    if (FaultDirectory.isAt(directory)) {
      return FaultsOutput.write(
          new FaultDirectory(directory),
          Optional.ofNullable(with).map(RunDirectory::new),
          into,
          spec.commandLine());
    }
    if (with != null) {
      throw new UserError(
          ExitCode.USAGE,
          "expected a run of lab faults in "
              + directory
              + ", since --with was given, found none; leave --with out");
    }
    return ReportOutput.write(new RunDirectory(directory), into, spec.commandLine());
  }
}
