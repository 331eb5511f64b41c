package dev.forklab.bench.jmh;

import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.results.Cell;
import dev.forklab.results.Plan;
import java.util.ArrayList;
import java.util.List;

/// The flags that give every model the same heap and collector, said rather than left to the JVM,
/// which chooses by the CPUs and memory that it sees.
///
/// And the best compiler takes up a method after a fifth of the usual calls (as its other
/// thresholds that count calls), and one that the rehearsal of an archive did not bring that far is
/// held back less: each JVM of each trial must do as many tasks before it is steady, and with the
/// usual 7,000 the forked processes alone would warm up for half of a run. What it compiles is the
/// same code; see "Steady state" in docs/design.
final class JvmFlags {

  private static final List<String> COMPILED_SOONER =
      List.of(
          "-XX:Tier4InvocationThreshold=" + SliceTiming.CALLS_UNTIL_COMPILED,
          "-XX:Tier4MinInvocationThreshold=" + SliceTiming.CALLS_UNTIL_COMPILED * 12 / 100,
          "-XX:Tier4CompileThreshold=" + SliceTiming.CALLS_UNTIL_COMPILED * 3,
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:Tier0ProfileDelayFactor=2",
          "-XX:Tier2ProfileDelayFactor=2");

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
    flags.addAll(COMPILED_SOONER);
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
