package dev.forklab.bench.cli;

import picocli.CommandLine.Model.CommandSpec;

/// The command line as it was given, which every run keeps.
final class GivenCommand {

  private GivenCommand() {}

  static String line(CommandSpec command) {
    return "lab "
        + String.join(" ", command.commandLine().getParent().getParseResult().originalArgs());
  }
}
