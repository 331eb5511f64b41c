package dev.forklab.workload;

import java.time.Duration;
import java.util.Locale;

/// How many iterations of a workload make a wanted task time on this machine, and what they really
/// take: a plain record, to be kept with a run's results.
///
/// Durations are CPU time of one task alone on a warmed-up thread. A machine whose speed drifts
/// shows it in the quartiles; another run may find another count.
///
/// @param spec the workload with the iterations found
/// @param messageBytes the size of the messages that it was calibrated with
/// @param wanted the task time asked for
/// @param achieved the median task time with these iterations
/// @param lowerQuartile a quarter of the samples were faster than this
/// @param upperQuartile a quarter of the samples were slower than this
/// @param samples how many batches of tasks these three were taken from
/// @param reach whether the wanted time could be reached
public record Calibration(
    WorkloadSpec spec,
    int messageBytes,
    Duration wanted,
    Duration achieved,
    Duration lowerQuartile,
    Duration upperQuartile,
    int samples,
    Reach reach) {

  /// Whether iterations can make the wanted time.
  public enum Reach {
    /// They do, within 10%.
    REACHED,
    /// One iteration already takes longer: the part that the message's size fixes is too long. The
    /// spec holds one iteration.
    FIXED_PART_LONGER,
    /// Even the highest count takes less: the workload ignores its iterations, or they cost next to
    /// nothing. The spec holds that count.
    WORK_TOO_SMALL,
    /// The median is still more than 10% off: the machine's speed changed faster than the
    /// calibration could follow.
    UNSETTLED
  }

  public Calibration {
    if (messageBytes < 0) {
      throw new IllegalArgumentException("expected 0 message bytes or more, found " + messageBytes);
    }
    if (!wanted.isPositive()) {
      throw new IllegalArgumentException("expected a positive task time, found " + wanted);
    }
    if (achieved.isNegative()
        || lowerQuartile.compareTo(achieved) > 0
        || upperQuartile.compareTo(achieved) < 0) {
      throw new IllegalArgumentException(
          "expected quartiles around the median, found "
              + (lowerQuartile + ", " + achieved + ", " + upperQuartile));
    }
    if (samples < 1) {
      throw new IllegalArgumentException("expected at least 1 sample, found " + samples);
    }
  }

  /// Whether the wanted time was reached.
  public boolean reached() {
    return reach == Reach.REACHED;
  }

  /// The distance between the quartiles as a share of the median: 0.04 is 4%.
  public double spread() {
    long median = achieved.toNanos();
    return median == 0 ? 0 : (double) upperQuartile.minus(lowerQuartile).toNanos() / median;
  }

  /// One sentence for a person.
  public String describe() {
    String measured =
        "%s with %d iterations takes %s (middle half %s to %s) on messages of %d bytes"
            .formatted(
                spec.name(),
                spec.iterations(),
                inWords(achieved),
                inWords(lowerQuartile),
                inWords(upperQuartile),
                messageBytes);
    return switch (reach) {
      case REACHED -> measured + "; wanted " + inWords(wanted);
      case FIXED_PART_LONGER ->
          measured
              + ": longer than the wanted "
              + inWords(wanted)
              + ", and it cannot do less; want more time or send smaller messages";
      case WORK_TOO_SMALL ->
          measured
              + ": less than the wanted "
              + inWords(wanted)
              + ", and it cannot do more; the workload may ignore its iterations";
      case UNSETTLED ->
          measured
              + ", not the wanted "
              + inWords(wanted)
              + ": the machine's speed changes too fast; quieten it and calibrate again";
    };
  }

  private static String inWords(Duration time) {
    long nanos = time.toNanos();
    return nanos < 1_000_000
        ? String.format(Locale.ROOT, "%.1f us", nanos / 1e3)
        : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }
}
