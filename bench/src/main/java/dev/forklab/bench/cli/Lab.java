package dev.forklab.bench.cli;

import dev.forklab.bench.plan.BadRequestException;
import dev.forklab.results.BrokenRunException;
import dev.forklab.workload.UnknownWorkloadException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `lab` itself: help, version, and how failures become one sentence and an exit code.
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    versionProvider = LabVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "For this CPU-bound work, on this machine: forked processes, platform threads or virtual"
          + " threads?",
      "",
      "Start with: lab bench --cores 8"
    },
    subcommands = {
      BenchCommand.class,
      PlanCommand.class,
      ReportCommand.class,
      DecideCommand.class,
      FaultsCommand.class,
      CompareCommand.class,
      ReferenceCommand.class,
      DoctorCommand.class,
      SelftestCommand.class,
      ChannelCommand.class,
      ClusterCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a defect of the lab; please report it",
      "2:the request cannot be carried out",
      "3:no JDK 25 or newer, or the build failed",
      "4:a directory or file exists already, is missing, damaged or full",
      "5:another lab is running on this machine",
      "6:the run ended, but some trials failed",
      "7:the selftest ended, but a check fell short",
      "8:a run is worse than its baseline by more than --fail-on allows",
      "130:interrupted (by SIGTERM: 143); what was measured is kept"
    })
public final class Lab implements Runnable {

  @Spec private CommandSpec spec;

  Lab() {
    spec = CommandSpec.create();
  }

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // Numbers and names read the same everywhere.
    JvmVariables.refusal(System.getenv())
        .ifPresent(sentence -> {
          Terminals.printer(System.err).println("lab: " + sentence);
          System.exit(ExitCode.USAGE);
        });
    CommandLine command =
        commandLine()
            .setOut(Terminals.printer(System.out))
            .setErr(Terminals.printer(System.err))
            .setUsageHelpAutoWidth(Terminals.isTerminal());
    System.exit(command.execute(args));
  }

  /// The command with all its handlers, for `main` and for tests.
  static CommandLine commandLine() {
    return new CommandLine(new Lab())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(Lab::badParameter)
        .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, command));
  }

  @Override
  public void run() {
    FirstScreen.print(spec.commandLine());
  }

  private static int badParameter(ParameterException thrown, String[] args) {
    CommandLine command = thrown.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("lab: " + describe(thrown));
    UnmatchedArgumentException.printSuggestions(thrown, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  private static String describe(ParameterException thrown) {
    return switch (thrown) {
      case UnmatchedArgumentException unmatched -> unknown(unmatched);
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          missing(missing.getMissing().getFirst());
      case ParameterException other
          when other.getArgSpec() instanceof OptionSpec option && other.getValue() != null ->
          "expected %s in %s, found '%s'"
              .formatted(noun(option), option.longestName(), other.getValue());
      default -> String.valueOf(thrown.getMessage());
    };
  }

  private static String missing(ArgSpec missing) {
    return missing instanceof OptionSpec option
        ? "expected %s after %s, found nothing".formatted(option.paramLabel(), option.longestName())
        : "expected %s, found nothing".formatted(missing.paramLabel());
  }

  private static String noun(OptionSpec option) {
    List<String> names = new ArrayList<>();
    Iterable<String> candidates = option.completionCandidates();
    if (candidates != null) {
      candidates.forEach(names::add);
    }
    if (!names.isEmpty()) {
      return "one of " + String.join(", ", names);
    }
    return Path.class == option.auxiliaryTypes()[0] ? "a path" : "a whole number";
  }

  private static String unknown(UnmatchedArgumentException unmatched) {
    CommandLine command = unmatched.getCommandLine();
    String found = "found '" + String.join(" ", unmatched.getUnmatched()) + "'";
    if (unmatched.isUnknownOption()) {
      return "expected an option of " + command.getCommandSpec().qualifiedName() + ", " + found;
    }
    Set<String> commands = command.getSubcommands().keySet();
    return commands.isEmpty()
        ? "expected nothing more, " + found
        : "expected one of the commands " + String.join(", ", commands) + ", " + found;
  }

  private static int failed(Exception thrown, CommandLine command) {
    PrintWriter err = command.getErr();
    int exitCode = exitCode(thrown);
    if (exitCode == ExitCode.DEFECT) {
      err.println("lab: a defect, please report it with the following lines:");
      thrown.printStackTrace(err);
    } else {
      err.println("lab: " + describe(thrown));
    }
    return exitCode;
  }

  private static int exitCode(Exception thrown) {
    return switch (thrown) {
      case UserError error -> error.exitCode();
      case BadRequestException _, UnknownWorkloadException _ -> ExitCode.USAGE;
      case BrokenRunException _, IOException _, UncheckedIOException _ -> ExitCode.FILES;
      default -> ExitCode.DEFECT;
    };
  }

  private static String describe(Exception thrown) {
    Exception cause =
        thrown instanceof UncheckedIOException io
            ? Objects.requireNonNullElse(io.getCause(), io)
            : thrown;
    if (cause instanceof FileSystemException file) {
      return "cannot use " + file.getFile() + ": " + FileProblems.reason(file);
    }
    return cause instanceof IOException
        ? "cannot read or write: " + cause.getMessage()
        : String.valueOf(cause.getMessage());
  }
}
