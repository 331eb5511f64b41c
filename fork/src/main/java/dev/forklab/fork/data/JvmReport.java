package dev.forklab.fork.data;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;

/// What a JVM says of itself: what it was given, as it understood it.
///
/// @param version of its JDK, with the build
/// @param collector the names of its collectors
/// @param maxHeapBytes what its heap may grow to
/// @param cpus how many CPUs it believes it has
public record JvmReport(String version, String collector, long maxHeapBytes, int cpus) {

  /// Of this JVM; the first call loads the management classes.
  public static JvmReport ofThisJvm() {
    return new JvmReport(
        Runtime.version().toString(),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(", ")),
        Runtime.getRuntime().maxMemory(),
        Runtime.getRuntime().availableProcessors());
  }
}
