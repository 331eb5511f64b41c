package dev.forklab.bench.run;

import dev.forklab.results.Warning;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How long the machine stood still, by a clock that is read again and again: what comes much later
/// than it should have come was held up, and with it all that was measured. A stopped lab, a paused
/// virtual machine and a laptop that slept look alike. For one thread.
final class Standstills {

  /// As often the clock is to be read.
  static final Duration PERIOD = Duration.ofMillis(50);

  /// A wait that is late by less may be a busy machine's scheduler.
  private static final Duration SHORTEST = Duration.ofMillis(500);

  private final long startNanos;
  private long lastNanos;
  private int count;
  private long totalNanos;
  private long firstNanos;

  /// @param nowNanos the clock's reading at the beginning
  Standstills(long nowNanos) {
    startNanos = nowNanos;
    lastNanos = nowNanos;
  }

  /// Notes the clock's reading, a [#PERIOD] after the last one or later.
  void read(long nowNanos) {
    long late = nowNanos - lastNanos - PERIOD.toNanos();
    if (late > SHORTEST.toNanos()) {
      if (count == 0) {
        firstNanos = lastNanos - startNanos;
      }
      count++;
      totalNanos += late;
    }
    lastNanos = nowNanos;
  }

  /// How long and when, if it did.
  Optional<Warning> warning() {
    if (count == 0) {
      return Optional.empty();
    }
    String when = seconds(firstNanos) + " after the trial began";
    return Optional.of(
        new Warning(
            Warning.Kind.STANDSTILL,
            count == 1
                ? "for %s, %s".formatted(seconds(totalNanos), when)
                : "%d times, for %s in all, first %s".formatted(count, seconds(totalNanos), when)));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }
}
