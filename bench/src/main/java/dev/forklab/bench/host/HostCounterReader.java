package dev.forklab.bench.host;

import dev.forklab.results.HostCounters;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.OptionalLong;

/// Reads the machine's running totals: CPU ticks, steal, throttling, load, memory and swapping.
///
/// A read takes well under a millisecond on Linux. Elsewhere only time and load are known, and the
/// rest is -1. Any thread may read.
public final class HostCounterReader {

  /// Columns of the `cpu` line of `/proc/stat`, as proc_stat(5) orders them; guest time, which
  /// follows, is already part of user time.
  private static final int IDLE = 3;

  private static final int IOWAIT = 4;
  private static final int STEAL = 7;
  private static final int COLUMNS = 8;
  private static final int UNKNOWN = -1;
  private static final long NANOS_PER_MICRO = 1_000;

  private final KernelFiles files;
  private final Cgroup cgroup;

  HostCounterReader(KernelFiles files) {
    this.files = files;
    this.cgroup = Cgroup.read(files);
  }

  /// Reads the machine that this process runs on.
  public static HostCounterReader ofThisMachine() {
    return new HostCounterReader(KernelFiles.ofThisMachine());
  }

  /// The totals now.
  public HostCounters read() {
    long[] ticks = ticks();
    long total = ticks.length == 0 ? UNKNOWN : Arrays.stream(ticks).sum();
    long busy = ticks.length == 0 ? UNKNOWN : total - ticks[IDLE] - ticks[IOWAIT] - ticks[STEAL];
    OptionalLong in = files.field("proc/vmstat", "pswpin");
    OptionalLong out = files.field("proc/vmstat", "pswpout");
    return new HostCounters(
        System.currentTimeMillis(),
        files
            .text("proc/loadavg")
            .map(HostCounterReader::load)
            .orElseGet(() -> ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()),
        busy,
        total,
        ticks.length == 0 ? UNKNOWN : ticks[STEAL],
        cgroup.throttledNanos().orElse(UNKNOWN),
        MemoryFacts.available(files, cgroup).orElse(UNKNOWN),
        in.isPresent() && out.isPresent() ? in.getAsLong() + out.getAsLong() : UNKNOWN,
        stallNanos());
  }

  /// Pressure stall information: `some avg10=0.00 avg60=0.00 avg300=0.00 total=MICROS`; see
  /// <https://docs.kernel.org/accounting/psi.html>.
  private long stallNanos() {
    return files.lines("proc/pressure/memory").stream()
        .filter(line -> line.startsWith("some "))
        .map(line -> KernelFiles.parse(line.substring(line.lastIndexOf('=') + 1)))
        .flatMapToLong(OptionalLong::stream)
        .map(micros -> micros * NANOS_PER_MICRO)
        .findFirst()
        .orElse(UNKNOWN);
  }

  /// The one-minute load in the text of `/proc/loadavg`, or -1.
  static double load(String text) {
    try {
      return Double.parseDouble(text.split("\\s+", 2)[0]);
    } catch (NumberFormatException notANumber) {
      return UNKNOWN;
    }
  }

  /// The eight columns of all CPUs together, or none.
  private long[] ticks() {
    String[] words = files.lines("proc/stat").stream().findFirst().orElse("").split("\\s+", -1);
    if (!words[0].equals("cpu") || words.length <= COLUMNS) {
      return new long[0];
    }
    try {
      return Arrays.stream(words, 1, COLUMNS + 1).mapToLong(Long::parseLong).toArray();
    } catch (NumberFormatException garbage) {
      return new long[0];
    }
  }
}
