package dev.forklab.bench.host;

import dev.forklab.results.HostCounters;
import dev.forklab.results.Warning;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the machine's totals say disturbed a stretch of measurement. Pure.
///
/// | warning | seen when, between the two readings |
/// |---|---|
/// | BUSY_MACHINE | others used more than 5% of the machine's CPU time |
/// | CPU_STEAL | the hypervisor took more than 1% of the machine's CPU time |
/// | CPU_THROTTLED | a quota held the group back for more than 0.1% of the time |
/// | SWAPPING | more than 256 pages (1 MiB with 4 KiB pages) went to or came from swap |
/// | MEMORY_PRESSURE | some task waited for memory for more than 1% of the time |
/// | LOW_MEMORY | less than 256 MiB could still be taken without swapping at the end |
///
/// Ticks are 10 ms, sampled per CPU, so shares of CPU time are judged only over 100 ticks or more;
/// 5% is what sampled ticks and exact CPU clocks can differ by without any other work. A total that
/// is -1, or that ran backwards (a container moved, a counter reset), is not judged.
public final class Disturbance {

  /// USER_HZ, the unit of `/proc/stat`: 100 per second on every architecture that Java runs on.
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final long MIN_TICKS = 100;
  private static final double BUSY_SHARE = 0.05;
  private static final double STEAL_SHARE = 0.01;
  private static final double THROTTLED_SHARE = 0.001;
  private static final double STALL_SHARE = 0.01;
  private static final long SWAPPED_PAGES = 256;
  private static final long LOW_MEMORY_BYTES = 256L << 20;
  private static final double NANOS_PER_MILLI = 1e6;

  private final HostCounters before;
  private final HostCounters after;

  private Disturbance(HostCounters before, HostCounters after) {
    this.before = before;
    this.after = after;
  }

  /// Warnings about the stretch from `before` to `after`.
  ///
  /// @param ownCpuNanos CPU time that the lab's own process tree used in that stretch, or -1 if not
  ///   known, in which case other work is not judged
  public static List<Warning> between(HostCounters before, HostCounters after, long ownCpuNanos) {
    Disturbance stretch = new Disturbance(before, after);
    List<Warning> warnings = new ArrayList<>();
    stretch.busy(ownCpuNanos).ifPresent(warnings::add);
    stretch.stolen().ifPresent(warnings::add);
    stretch.throttled().ifPresent(warnings::add);
    stretch.swapped().ifPresent(warnings::add);
    stretch.pressed().ifPresent(warnings::add);
    stretch.memory().ifPresent(warnings::add);
    return List.copyOf(warnings);
  }

  private Optional<Warning> busy(long ownCpuNanos) {
    long total = grown(before.totalTicks(), after.totalTicks());
    long busy = grown(before.busyTicks(), after.busyTicks());
    if (total < MIN_TICKS || busy < 0 || ownCpuNanos < 0) {
      return Optional.empty();
    }
    double share = (busy - (double) ownCpuNanos / NANOS_PER_TICK) / total;
    return share > BUSY_SHARE
        ? warning(Warning.Kind.BUSY_MACHINE, "other processes used " + percent(share))
        : Optional.empty();
  }

  private Optional<Warning> stolen() {
    long total = grown(before.totalTicks(), after.totalTicks());
    long stolen = grown(before.stealTicks(), after.stealTicks());
    if (total < MIN_TICKS || stolen <= STEAL_SHARE * total) {
      return Optional.empty();
    }
    return warning(Warning.Kind.CPU_STEAL, percent((double) stolen / total));
  }

  private Optional<Warning> throttled() {
    double nanos = grown(before.throttledNanos(), after.throttledNanos());
    double elapsed = (after.epochMillis() - before.epochMillis()) * NANOS_PER_MILLI;
    if (nanos <= 0 || nanos <= THROTTLED_SHARE * elapsed) {
      return Optional.empty();
    }
    return warning(
        Warning.Kind.CPU_THROTTLED, "held back for " + Math.round(nanos / NANOS_PER_MILLI) + " ms");
  }

  private Optional<Warning> swapped() {
    long pages = grown(before.swappedPages(), after.swappedPages());
    return pages > SWAPPED_PAGES
        ? warning(Warning.Kind.SWAPPING, pages + " pages")
        : Optional.empty();
  }

  private Optional<Warning> pressed() {
    double nanos = grown(before.memoryStallNanos(), after.memoryStallNanos());
    double elapsed = (after.epochMillis() - before.epochMillis()) * NANOS_PER_MILLI;
    return nanos > 0 && nanos > STALL_SHARE * elapsed
        ? warning(
            Warning.Kind.MEMORY_PRESSURE,
            "something waited for memory for " + Math.round(nanos / NANOS_PER_MILLI) + " ms")
        : Optional.empty();
  }

  private Optional<Warning> memory() {
    long free = after.freeBytes();
    return free >= 0 && free < LOW_MEMORY_BYTES
        ? warning(Warning.Kind.LOW_MEMORY, Quantity.memory(free) + " left at the end")
        : Optional.empty();
  }

  private static long grown(long from, long to) {
    return from < 0 || to < from ? -1 : to - from;
  }

  private static Optional<Warning> warning(Warning.Kind kind, String detail) {
    return Optional.of(new Warning(kind, detail));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%% of the CPU time", 100 * share);
  }
}
