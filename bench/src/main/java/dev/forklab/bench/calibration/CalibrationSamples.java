package dev.forklab.bench.calibration;

import dev.forklab.bench.calibration.Launch.Batch;
import dev.forklab.reports.stats.Quantiles;
import java.util.ArrayList;
import java.util.List;

/// What one launch measured for one wanted time: batches of `iterations` iterations, and batches of
/// one iteration beside them, so that the two points of the line belong to one state of the
/// machine.
final class CalibrationSamples {

  /// A batch during which the process stood still for longer than it computed has no time.
  private static final double STANDSTILL = 2;

  private static final long STANDSTILL_NANOS = 2_000_000;

  /// How far from its usual reading the yardstick may be at the full speed: a CPU has clocks a few
  /// percent apart, and another's use of its core takes a third.
  private static final double FULL_SPEED = 0.09;

  private static final int FEWEST_AT_FULL_SPEED = 5;

  /// Noise only takes: the quick samples are the code's own.
  private static final double QUICK = 0.2;

  private record Sample(double many, double one, double yardstick) {}

  private final int iterations;
  private final List<Sample> samples = new ArrayList<>();

  CalibrationSamples(int iterations) {
    this.iterations = iterations;
  }

  void add(Batch many, int tasksOfMany, Batch one, int tasksOfOne) {
    if (!stoodStill(many) && !stoodStill(one)) {
      samples.add(
          new Sample(
              (double) many.cpuNanos() / tasksOfMany,
              (double) one.cpuNanos() / tasksOfOne,
              Math.max(many.yardstickNanos(), one.yardstickNanos())));
    }
  }

  private static boolean stoodStill(Batch batch) {
    return batch.wallNanos() > STANDSTILL * batch.cpuNanos() + STANDSTILL_NANOS;
  }

  int size() {
    return samples.size();
  }

  double[] yardsticks() {
    return samples.stream().mapToDouble(Sample::yardstick).toArray();
  }

  /// The straight line from iterations to nanoseconds, on a CPU at its full speed.
  ///
  /// @param fixed the time of one iteration
  /// @param slope the time of each more
  record Line(double fixed, double slope) {
    double at(double iterations) {
      return fixed + slope * (iterations - 1);
    }
  }

  /// Whether enough of them were taken at the full speed.
  ///
  /// @param yardstick what the fixed work takes at full speed
  boolean atFullSpeed(double yardstick) {
    return fast(yardstick).size() >= FEWEST_AT_FULL_SPEED;
  }

  private List<Sample> fast(double yardstick) {
    return samples.stream()
        .filter(it -> Math.abs(it.yardstick / yardstick - 1) <= FULL_SPEED)
        .toList();
  }

  /// The launch's line. CalibrationSamples at the full speed count; where there are too few of
  /// them, all do, each brought to that speed by its own yardstick. That is a way out only: a
  /// neighbor on the other half of a core does not slow all code alike.
  ///
  /// @param yardstick what the fixed work takes at full speed
  Line line(double yardstick) {
    List<Sample> usable =
        atFullSpeed(yardstick)
            ? fast(yardstick)
            : samples.stream()
                .map(it -> {
                  double to = yardstick / it.yardstick;
                  return new Sample(it.many * to, it.one * to, yardstick);
                })
                .toList();
    double one = quick(usable.stream().mapToDouble(Sample::one).toArray());
    double many = quick(usable.stream().mapToDouble(Sample::many).toArray());
    return iterations == 1 ? new Line(many, 0) : new Line(one, (many - one) / (iterations - 1));
  }

  private static double quick(double[] values) {
    return Quantiles.quantile(values, QUICK);
  }
}
