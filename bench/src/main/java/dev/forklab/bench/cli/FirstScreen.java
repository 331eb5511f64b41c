package dev.forklab.bench.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;

/// What `lab` shows when it is called without a command: all that it can do, on one screen of 80 by
/// 24 characters.
final class FirstScreen {

  private FirstScreen() {}

  static void print(CommandLine lab) {
    PrintWriter out = lab.getOut();
    out.print(
        """
        Forked processes, platform threads or virtual threads for your CPU-bound work?
        The lab measures them on this machine and says which to choose, and why.

          lab bench           measure for ten minutes and write a report: start here
          lab bench --quick   a first look, in three minutes

        Commands:
        """);
    Map<String, CommandLine> commands = lab.getSubcommands();
    int width = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
    commands.forEach((name, command) ->
        out.println(
            fitting("  " + name + " ".repeat(width - name.length()) + "  " + summary(command))));
    out.print(
        """

        Example: lab bench --cores 8 --sizes 16KiB --task 2ms --models fork,threads
        Options: lab COMMAND --help. Exit codes: lab --help; after this screen it is 0.
        """);
    out.flush();
  }

  /// The first line of a command's description.
  private static String summary(CommandLine command) {
    String[] description = command.getCommandSpec().usageMessage().description();
    return description.length == 0 ? "" : description[0];
  }

  private static String fitting(String line) {
    return line.length() <= Terminals.USUAL_COLUMNS
        ? line
        : line.substring(0, line.lastIndexOf(' ', Terminals.USUAL_COLUMNS - 2)) + " …";
  }
}
