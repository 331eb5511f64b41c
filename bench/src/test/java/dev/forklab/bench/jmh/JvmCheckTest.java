package dev.forklab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.results.JvmFacts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmCheckTest {

  private static final long MIB = 1L << 20;
  private static final String DO =
      "; remove what gives JVMs other flags or limits and run the trial again with --resume";

  private final List<String> flags = new ArrayList<>(JvmFlags.of(1024 * MIB, "serial"));

  /// What JVMs of version 25 report of a heap of 1 GiB, and of one of 101 MiB.
  @ParameterizedTest
  @CsvSource({
    "serial, 1024, 1037959168, 'Copy, MarkSweepCompact'",
    "parallel, 1024, 954728448, 'PS MarkSweep, PS Scavenge'",
    "g1, 1024, 1073741824, 'G1 Young Generation, G1 Concurrent GC, G1 Old Generation'",
    "z, 1024, 1073741824, 'ZGC Minor Cycles, ZGC Minor Pauses, ZGC Major Cycles'",
    "parallel, 101, 95420416, 'PS MarkSweep, PS Scavenge'",
    "z, 101, 106954752, 'ZGC Minor Cycles, ZGC Minor Pauses, ZGC Major Cycles'"
  })
  void whatEveryCollectorReportsOfItsHeapIsAsPlanned(
      String collector, long planned, long reported, String names) {
    List<String> those = JvmFlags.of(planned * MIB, collector);
    assertThatCode(() -> new JvmCheck(those, 2).check(facts("parent", names, reported, 2, those)))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherHeapIsRefusedWithBoth() {
    for (long mib : List.of(200, 890, 1080, 4096)) {
      assertRefused(
          facts("parent", "Copy, MarkSweepCompact", mib * MIB, 2, flags),
          "expected a heap of 1024 MiB in the trial's own JVM, found " + mib + " MiB");
    }
  }

  @Test
  void anotherCollectorIsRefused() {
    assertRefused(
        facts("worker", "G1 Young Generation, G1 Old Generation", 1000 * MIB, 2, flags),
        "expected the collector MarkSweepCompact in a forked worker's JVM, found G1 Young"
            + " Generation, G1 Old Generation");
  }

  @Test
  void anotherNumberOfCpusIsRefusedWhereTheyWereBound() {
    JvmFacts one = facts("worker", "Copy, MarkSweepCompact", 1000 * MIB, 1, flags);
    assertRefused(one, "expected 2 CPUs in a forked worker's JVM, found 1");
    assertThatCode(() -> new JvmCheck(flags, -1).check(one)).doesNotThrowAnyException();
  }

  @Test
  void aFlagThatIsMissingIsRefusedWhereFlagsAreShown() {
    List<String> without = List.copyOf(flags);
    flags.add("-XX:TieredStopAtLevel=1");
    assertRefused(
        facts("parent", "Copy, MarkSweepCompact", 1000 * MIB, 2, without),
        "expected the flag -XX:TieredStopAtLevel=1 in the trial's own JVM, found only "
            + String.join(" ", without));
    assertThatCode(() ->
            new JvmCheck(flags, 2)
                .check(facts("worker", "Copy, MarkSweepCompact", 1000 * MIB, 2, List.of())))
        .doesNotThrowAnyException();
  }

  @Test
  void theLastHeapFlagCounts() {
    flags.add("-XX:MaxHeapSize=2g");
    assertThatCode(() ->
            new JvmCheck(flags, 2)
                .check(facts("parent", "Copy, MarkSweepCompact", 2000 * MIB, 2, flags)))
        .doesNotThrowAnyException();
  }

  private void assertRefused(JvmFacts facts, String sentence) {
    assertThatThrownBy(() -> new JvmCheck(flags, 2).check(facts))
        .isInstanceOf(TrialFailedException.class)
        .hasMessage(sentence + DO);
  }

  private static JvmFacts facts(
      String role, String collector, long heap, int cpus, List<String> flags) {
    return new JvmFacts(role, 1, "25", collector, heap, cpus, flags);
  }
}
