package dev.forklab.results;

import java.util.List;

/// What a JVM of a trial reported of itself: proof of equal budgets.
///
/// @param role `parent` or `worker`
/// @param count how many JVMs reported exactly this
/// @param version the JDK's version
/// @param collector names of its collectors
/// @param maxHeapBytes the largest its heap may grow
/// @param cpus how many CPUs it believes it has
/// @param flags its command-line flags
public record JvmFacts(
    String role,
    int count,
    String version,
    String collector,
    long maxHeapBytes,
    int cpus,
    List<String> flags) {

  public JvmFacts {
    flags = List.copyOf(flags);
  }
}
