package dev.forklab.bench.cli;

import dev.forklab.results.Host;
import java.util.List;

/// What is resumed goes on where it began: on the same processor, with as many CPUs, the same JDK
/// and the same limits, since its trials are compared with each other.
final class SameMachine {

  private static final String ALLOWED_CPUS = "logical CPUs allowed";

  private static final List<String> LIMITS = List.of(ALLOWED_CPUS, "CPU quota", "memory limit");

  private SameMachine() {}

  /// @throws UserError if this is another machine, or has other limits; says what differs
  static void check(Host begun, Host here) {
    if (!machine(begun).equals(machine(here))) {
      throw new UserError(
          ExitCode.USAGE,
          "expected the machine that the run began on (%s), found %s; begin a new run here"
              .formatted(machine(begun), machine(here)));
    }
    // Where the CPUs were looked for, limits were as well, and those not found are none; elsewhere
    // nothing is known of them.
    if (begun.facts().containsKey(ALLOWED_CPUS)) {
      LIMITS.forEach(limit -> checkLimit(limit, begun, here));
    }
  }

  private static String machine(Host host) {
    return "%s, %d CPUs, %s".formatted(host.cpu(), host.cpus(), host.java());
  }

  private static void checkLimit(String limit, Host begun, Host here) {
    String then = begun.facts().getOrDefault(limit, "none");
    String now = here.facts().getOrDefault(limit, "none");
    if (!then.equals(now)) {
      throw new UserError(
          ExitCode.USAGE,
          "expected the %s of when the run began (%s), found %s; set it as it was, or begin a new run"
              .formatted(limit, then, now));
    }
  }
}
