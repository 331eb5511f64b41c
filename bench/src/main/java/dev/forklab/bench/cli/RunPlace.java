package dev.forklab.bench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where a run goes, or which one goes on: `--out` and `--resume` of the commands that measure for
/// long.
final class RunPlace {

  /// Options that change nothing in a run's plan.
  private static final Set<String> HARMLESS = Set.of("--resume", "--workload-jar");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory; must be new or empty (default: a new one in runs).")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Continue an interrupted run, with its plan and seed. Options that would change them are"
              + " refused.")
  private @Nullable Path resume;

  /// The run to go on with, if one is named.
  ///
  /// @param harmless options of this command that may be given beside
  /// @throws UserError if an option is given that would change its plan
  Optional<Path> resumed(String... harmless) {
    if (resume == null) {
      return Optional.empty();
    }
    List<String> changing =
        command.commandLine().getParseResult().matchedOptions().stream()
            .map(option -> option.longestName())
            .filter(name -> !HARMLESS.contains(name) && !List.of(harmless).contains(name))
            .sorted()
            .toList();
    if (!changing.isEmpty()) {
      throw new UserError(
          ExitCode.USAGE,
          "expected --resume alone, since a run goes on with the plan it began with, found also "
              + String.join(", ", changing)
              + "; leave it out, or begin a new run");
    }
    return Optional.of(resume);
  }

  /// Makes the directory of a new run.
  ///
  /// @param prefix what its name begins with unless `--out` names one
  RunFolders create(String prefix) {
    return RunFolders.create(out, prefix);
  }
}
