package dev.forklab.bench.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/// Which of the options given would change a run's plan: all but those that say where it is, and
/// which jars may run.
final class ChangingOptions {

  private static final Set<String> HARMLESS = Set.of("--resume", "--out", "--workload-jar");

  private ChangingOptions() {}

  static List<String> given(ParseResult parsed) {
    return parsed.matchedOptions().stream()
        .map(option -> option.longestName())
        .filter(name -> !HARMLESS.contains(name))
        .sorted()
        .toList();
  }
}
