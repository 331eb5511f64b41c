package dev.forklab.bench.jmh;

import dev.forklab.bench.host.Affinity;
import dev.forklab.results.JvmFacts;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares what each JVM of a trial reported of itself with what it was to be: heap, collector,
/// CPUs and flags. Models are compared at equal budgets, so a trial with another has no results.
///
/// @param flags that the JVMs of this role were to have
/// @param cpus how many CPUs they were to have, or -1 where they could not be bound
record JvmCheck(List<String> flags, int cpus) {

  /// A JVM may report less than its flag says, since it leaves out a survivor space: with the
  /// serial collector 1/30 of the heap, with the parallel one 1/9.
  private static final double LARGEST_SURVIVOR_SHARE = 0.125;

  /// A JVM rounds the flag up, to a region at most.
  private static final long LARGEST_REGION_BYTES = 32L << 20;

  private static final double ROUNDED_UP_SHARE = 0.02;

  private static final Pattern HEAP = Pattern.compile("(?:-Xmx|-XX:MaxHeapSize=)(\\d+)([kKmMgG]?)");
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use(Serial|Parallel|G1|Z)GC");
  private static final long MIB = 1L << 20;

  /// @param parentFlags of the trial's own JVM
  /// @throws TrialFailedException at the first difference; says what was expected, what was found,
  ///   of which JVM, and what to do
  static void check(List<JvmFacts> jvms, List<String> parentFlags, TrialSpec spec) {
    int cells = spec.planned().cell().cpus();
    int cpus = Affinity.of(cells).warning().isPresent() ? -1 : cells;
    for (JvmFacts jvm : jvms) {
      boolean parent = jvm.role().equals("parent");
      new JvmCheck(parent ? parentFlags : spec.workerJvmArgs(), cpus).check(jvm);
    }
  }

  void check(JvmFacts jvm) {
    long heap = heapBytes();
    if (heap > 0 && !isAbout(heap, jvm.maxHeapBytes())) {
      throw differs(jvm, "a heap of " + mib(heap), mib(jvm.maxHeapBytes()));
    }
    String collector = collector();
    if (!jvm.collector().contains(collector)) {
      throw differs(jvm, "the collector " + collector, jvm.collector());
    }
    if (cpus > 0 && jvm.cpus() != cpus) {
      throw differs(jvm, cpus + " CPUs", String.valueOf(jvm.cpus()));
    }
    // Where the system does not show a command line there are none to compare.
    if (!jvm.flags().isEmpty()) {
      for (String flag : flags) {
        if (!jvm.flags().contains(flag)) {
          throw differs(jvm, "the flag " + flag, "only " + String.join(" ", jvm.flags()));
        }
      }
    }
  }

  private static boolean isAbout(long expected, long found) {
    long above = Math.min(LARGEST_REGION_BYTES, 2 * MIB + (long) (expected * ROUNDED_UP_SHARE));
    return found >= expected * (1 - LARGEST_SURVIVOR_SHARE) && found <= expected + above;
  }

  /// The last flag counts, as in a JVM; 0 if none says it.
  private long heapBytes() {
    long bytes = 0;
    for (String flag : flags) {
      Matcher heap = HEAP.matcher(flag);
      if (heap.matches()) {
        int shift =
            switch (heap.group(2)) {
              case "k", "K" -> 10;
              case "m", "M" -> 20;
              case "g", "G" -> 30;
              default -> 0;
            };
        bytes = Long.parseLong(heap.group(1)) << shift;
      }
    }
    return bytes;
  }

  /// What the names of its collectors have in common, by which a JVM is told; empty, which any name
  /// contains, if no flag says it.
  private String collector() {
    return flags.stream()
        .map(COLLECTOR::matcher)
        .filter(Matcher::matches)
        .map(found ->
            switch (found.group(1)) {
              case "Serial" -> "MarkSweepCompact";
              case "Parallel" -> "PS MarkSweep";
              case "G1" -> "G1 Old Generation";
              default -> "ZGC";
            })
        .findFirst()
        .orElse("");
  }

  private static TrialFailedException differs(JvmFacts jvm, String expected, String found) {
    return new TrialFailedException(
        "expected %s in %s, found %s; remove what gives JVMs other flags or limits and run the trial again with --resume"
            .formatted(
                expected,
                jvm.role().equals("parent") ? "the trial's own JVM" : "a forked worker's JVM",
                found),
        null);
  }

  private static String mib(long bytes) {
    return bytes / MIB + " MiB";
  }
}
