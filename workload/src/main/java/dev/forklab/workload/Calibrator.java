package dev.forklab.workload;

import dev.forklab.workload.Calibration.Reach;
import java.time.Duration;
import java.util.Arrays;

/// Finds the iterations that make a wanted task time on this machine.
///
/// The model is `cost = fixed part + slope * iterations`. Three steps, all on the calling thread,
/// together about a second of CPU time (more only where a dozen tasks take longer than that):
///
/// 1. **Warm up** with one iteration for 0.4 s at least and 1 s at most, until two windows of
///    batches agree, and so learn the fixed part.
/// 2. **Bracket**: raise the count, at most eightfold at a time, until the wanted time is passed.
/// 3. **Close in**: sample at the straight line's guess; correct the guess by what was measured;
///    stop when the median was within 2% in two rounds running, or after eight rounds. The last
///    round's samples are what the [Calibration] records.
///
/// Everything is a median over batches of some milliseconds, so that a neighbour who takes the CPU
/// now and then, or a collection, moves nothing. What it cannot do is foresee drift: a machine that
/// is slower later gives longer tasks later, for every model alike.
public final class Calibrator {

  /// What batches of tasks cost: the seam between the search and the machine, or a runtime other
  /// than this one.
  @FunctionalInterface
  public interface Meter {
    /// The nanoseconds that `tasks` tasks of `iterations` iterations take, one after the other.
    long batchNanos(int iterations, int tasks);
  }

  private static final int MAX_ITERATIONS = Integer.MAX_VALUE;
  private static final long BATCH_NANOS = 4_000_000;
  private static final int MAX_BATCH_TASKS = 10_000;
  private static final int GROWTH = 8;

  private static final int WINDOW = 5;
  private static final double SETTLED = 0.05;

  /// Code that is not compiled yet keeps its (slow) time too, so agreement alone proves nothing.
  private static final long MIN_WARM_UP_NANOS = 400_000_000;

  private static final long MAX_WARM_UP_NANOS = 1_000_000_000;

  private static final int PROBE_BATCHES = 3;
  private static final int ROUNDS = 8;
  private static final long ROUND_NANOS = 150_000_000;
  private static final int MIN_SAMPLES = 7;
  private static final double CLOSE_ENOUGH = 0.02;
  private static final double TOO_FAR = 0.1;

  private final Meter meter;
  private final double wantedNanos;

  Calibrator(Meter meter, Duration wanted) {
    if (!wanted.isPositive()) {
      throw new IllegalArgumentException("expected a positive task time, found " + wanted);
    }
    this.meter = meter;
    this.wantedNanos = wanted.toNanos();
  }

  /// Calibrates a workload with messages like `message`. Blocks for about a second.
  ///
  /// @param workload what a [WorkloadSpec] names it
  /// @param wanted the CPU time that a task should take
  /// @throws UnknownWorkloadException if there is no such workload
  /// @throws IllegalStateException if the workload threw
  public static Calibration calibrate(String workload, byte[] message, Duration wanted) {
    return calibrate(workload, message.length, wanted, new KernelMeter(workload, message));
  }

  /// Calibrates a workload as `meter` runs it. Blocks for about a second of the meter's time.
  ///
  /// @param messageBytes the size of the messages that the meter uses
  public static Calibration calibrate(
      String workload, int messageBytes, Duration wanted, Meter meter) {
    Found found = new Calibrator(meter, wanted).search();
    return found.toCalibration(workload, messageBytes, wanted);
  }

  /// The search's result: a count, and the quartiles of the nanoseconds that a task takes with it.
  record Found(
      int iterations,
      double lowerNanos,
      double medianNanos,
      double upperNanos,
      int samples,
      Reach reach) {

    static Found of(int iterations, double[] sortedNanos, Reach reach) {
      return new Found(
          iterations,
          quantile(sortedNanos, 0.25),
          quantile(sortedNanos, 0.5),
          quantile(sortedNanos, 0.75),
          sortedNanos.length,
          reach);
    }

    Calibration toCalibration(String workload, int messageBytes, Duration wanted) {
      return new Calibration(
          new WorkloadSpec(workload, iterations),
          messageBytes,
          wanted,
          Duration.ofNanos(Math.round(medianNanos)),
          Duration.ofNanos(Math.round(lowerNanos)),
          Duration.ofNanos(Math.round(upperNanos)),
          samples,
          reach);
    }
  }

  Found search() {
    double fixed = warmUp();
    int guess = bracket(fixed);
    boolean wasClose = false;
    for (int round = 1; ; round++) {
      Round measured = round(guess, Math.max(fixed, wantedNanos));
      double median = quantile(measured.sortedNanos, 0.5);
      int better = corrected(guess, measured.fixedNanos, median);
      boolean atEnd = better == guess && (guess == 1 || guess == MAX_ITERATIONS);
      boolean close = isWithin(CLOSE_ENOUGH, median);
      if (atEnd || (close && wasClose) || round == ROUNDS) {
        return Found.of(guess, measured.sortedNanos, reach(guess, median));
      }
      guess = close ? guess : better;
      wasClose = close;
      fixed = measured.fixedNanos;
    }
  }

  private Reach reach(int iterations, double median) {
    if (!isWithin(TOO_FAR, median)) {
      boolean longer = median > wantedNanos;
      if (longer && iterations == 1) {
        return Reach.FIXED_PART_LONGER;
      }
      return !longer && iterations == MAX_ITERATIONS ? Reach.WORK_TOO_SMALL : Reach.UNSETTLED;
    }
    return Reach.REACHED;
  }

  private boolean isWithin(double tolerance, double nanos) {
    return Math.abs(nanos - wantedNanos) <= tolerance * wantedNanos;
  }

  /// Runs one-iteration tasks until their time has settled; returns that time.
  private double warmUp() {
    double[] earlier = new double[WINDOW];
    double[] later = new double[WINDOW];
    double task = meter.batchNanos(1, 1);
    double spent = task;
    double settled = task;
    for (int batch = 0; spent < MAX_WARM_UP_NANOS || batch <= WINDOW; batch++) {
      int tasks = batchSize(task);
      double nanos = meter.batchNanos(1, tasks);
      spent += Math.max(nanos, 1);
      task = nanos / tasks;
      later[batch % WINDOW] = task;
      if (batch % WINDOW == WINDOW - 1) {
        settled = median(later);
        double before = median(earlier);
        if (spent >= MIN_WARM_UP_NANOS && Math.abs(settled - before) <= SETTLED * before) {
          return settled;
        }
        System.arraycopy(later, 0, earlier, 0, WINDOW);
      }
    }
    return Math.min(settled, task);
  }

  /// A first guess: raises the count until the wanted time is passed, then follows the line back.
  private int bracket(double fixed) {
    int count = 1;
    double cost = fixed;
    while (cost < wantedNanos && count < MAX_ITERATIONS) {
      count = (int) Math.min(MAX_ITERATIONS, (long) count * GROWTH);
      cost = probe(count, cost * GROWTH);
    }
    return corrected(count, fixed, cost);
  }

  /// Where the line through `fixed` at one iteration and `cost` at `count` meets the wanted time.
  private int corrected(int count, double fixed, double cost) {
    if (count == 1) {
      return cost < wantedNanos && !isWithin(CLOSE_ENOUGH, cost) ? GROWTH : 1;
    }
    double slope = (cost - fixed) / (count - 1);
    if (slope <= 0) { // noise, or a workload that ignores its iterations
      return cost < wantedNanos ? (int) Math.min(MAX_ITERATIONS, (long) count * GROWTH) : 1;
    }
    return (int) Math.clamp(Math.round(1 + (wantedNanos - fixed) / slope), 1L, MAX_ITERATIONS);
  }

  /// The median of a few batches.
  private double probe(int iterations, double expectedNanos) {
    double[] costs = new double[PROBE_BATCHES];
    int tasks = batchSize(expectedNanos);
    for (int i = 0; i < costs.length; i++) {
      costs[i] = (double) meter.batchNanos(iterations, tasks) / tasks;
    }
    return median(costs);
  }

  /// What one round measured: the time of one iteration, and the sorted samples of the guess.
  @SuppressWarnings("ArrayRecordComponent") // never compared, and never leaves this class
  private record Round(double fixedNanos, double[] sortedNanos) {}

  /// Samples for one round's time, at least [#MIN_SAMPLES]; a batch of one iteration beside each,
  /// so that the line's two points belong to the same state of the machine and of the JIT.
  private Round round(int iterations, double expectedNanos) {
    int tasks = batchSize(expectedNanos);
    double[] samples = new double[(int) (ROUND_NANOS / BATCH_NANOS)];
    double[] fixed = new double[samples.length];
    int count = 0;
    for (double spent = 0; count < samples.length; count++) {
      if (count >= MIN_SAMPLES && spent >= ROUND_NANOS) {
        break;
      }
      double nanos = meter.batchNanos(iterations, tasks);
      double nanosOfOne = meter.batchNanos(1, tasks);
      samples[count] = nanos / tasks;
      fixed[count] = nanosOfOne / tasks;
      spent += nanos + nanosOfOne;
    }
    double[] taken = Arrays.copyOf(samples, count);
    Arrays.sort(taken);
    return new Round(median(Arrays.copyOf(fixed, count)), taken);
  }

  private static int batchSize(double taskNanos) {
    return (int) Math.clamp(BATCH_NANOS / Math.max(taskNanos, 1), 1, MAX_BATCH_TASKS);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return quantile(sorted, 0.5);
  }

  /// Interpolated between the two nearest (type 7 of Hyndman and Fan, 1996).
  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
