package dev.forklab.bench.jmh;

import dev.forklab.bench.plan.Planner;
import dev.forklab.results.Cell;
import dev.forklab.results.Plan;
import java.util.ArrayList;
import java.util.List;

/// The flags that give every model the same heap and collector, said rather than left to the JVM,
/// which chooses by the CPUs and memory that it sees.
final class JvmFlags {

  private static final long MIB = 1L << 20;

  /// Heaps start small and grow as they must: a start at full size would make memory a matter of
  /// the flags alone, and the JVM's own choice depends on the machine's memory.
  private static final long INITIAL_SHARE = 8;

  private static final long SMALLEST_INITIAL_HEAP = 8 * MIB;

  private JvmFlags() {}

  /// @param collector `serial`, `parallel`, `g1` or `z`
  static List<String> of(long heapBytes, String collector) {
    long initial = Math.max(SMALLEST_INITIAL_HEAP, heapBytes / INITIAL_SHARE);
    List<String> flags = new ArrayList<>();
    flags.add("-Xms" + initial / MIB + "m");
    flags.add("-Xmx" + heapBytes / MIB + "m");
    flags.add(collectorFlag(collector));
    return flags;
  }

  /// Of the fork model's child JVMs in this cell.
  static List<String> ofWorkers(Plan plan, Cell cell) {
    return of(Planner.heapBytesPerProcess(plan.heapBytes(), cell.workers()), plan.collector());
  }

  private static String collectorFlag(String collector) {
    return switch (collector) {
      case "serial" -> "-XX:+UseSerialGC";
      case "parallel" -> "-XX:+UseParallelGC";
      case "g1" -> "-XX:+UseG1GC";
      case "z" -> "-XX:+UseZGC";
      default ->
          throw new IllegalArgumentException(
              "expected serial, parallel, g1 or z, found " + collector);
    };
  }
}
