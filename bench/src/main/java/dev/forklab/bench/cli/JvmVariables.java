package dev.forklab.bench.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The environment variables in which every JVM finds flags beside its command line, or its
/// launcher another JVM. They would change each JVM that is measured behind the plan's back, so the
/// launcher `lab` clears them, and without it the lab does not start.
final class JvmVariables {

  /// The launcher has the same list.
  static final List<String> NAMES =
      List.of(
          "JAVA_TOOL_OPTIONS",
          "_JAVA_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "JDK_AOT_VM_OPTIONS",
          "JDK_ALTERNATE_VM");

  private JvmVariables() {}

  /// Why the lab does not start in this environment, if it has one of them.
  static Optional<String> refusal(Map<String, String> environment) {
    return NAMES.stream()
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .findFirst()
        .map(name ->
            "expected no %s in the environment, found '%s', which would change the JVMs that are measured; unset it, or start with ./lab, which clears it"
                .formatted(
                    name, String.join(" ", environment.getOrDefault(name, "").split("\\s+", -1))));
  }
}
