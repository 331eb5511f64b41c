package dev.forklab.bench.calibration;

import dev.forklab.bench.calibration.CalibrationSamples.Line;
import dev.forklab.bench.calibration.Found.Reach;
import dev.forklab.bench.calibration.Launch.Batch;
import dev.forklab.reports.stats.Moments;
import dev.forklab.reports.stats.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// Finds the iterations that make wanted task times on this machine at its full speed.
///
/// The model is `time = fixed + slope * (iterations - 1)`. What is looked for is the full speed,
/// since noise only takes from it: a neighbor on the other half of a core takes a third for
/// seconds, and a virtual machine can stay in badly compiled code for as long. So:
///
/// 1. **Several launches**, at least [#LAUNCHES] good ones, and more while they disagree (a machine
///    may change its speed every few seconds, with nothing to tell it by), of at most
///    [#MOST_LAUNCHES]: a process that compiled badly is like that as a whole. One whose slope is
///    [#SLOW_LAUNCH] times the best one's, or which hardly ever had a CPU that the yardstick calls
///    fast, is left out and another is started.
/// 2. Each is **warmed up** until its compilers are idle by its own clock and it no longer becomes
///    faster, within [#LONGEST_WARM_UP_NANOS] of CPU time.
/// 3. For each wanted time: **bracket** (raise the count until the time is passed, follow the line
///    back), then **sample** near it; all wanted times in each launch, so that the samples of one
///    are spread over the time of all.
/// 4. A launch's line is made of the quick samples (their 20th percentile) among those at the full
///    speed ([CalibrationSamples]); the result is the median of the good launches' lines, and half
///    of the range between them says how sure it is.
public final class Calibrator {

  static final int LAUNCHES = 3;
  static final int MOST_LAUNCHES = 12;

  /// The standard error of the launches' median, as a share, that is good enough.
  private static final double SURE = 0.01;

  /// Of normally distributed values, the error of the median against that of the mean.
  private static final double MEDIAN_ERROR = 1.25;

  static final double SLOW_LAUNCH = 1.25;

  private static final int MAX_ITERATIONS = Integer.MAX_VALUE;
  private static final int GROWTH = 8;

  private static final int WARM_UP_WINDOW = 8;
  private static final long WARM_UP_BATCH_NANOS = 40_000_000;
  private static final long SHORTEST_WARM_UP_NANOS = 1_000_000_000;
  private static final long LONGEST_WARM_UP_NANOS = 8_000_000_000L;
  private static final double COMPILING = 0.03;
  private static final double RISING = 0.02;

  private static final long BATCH_NANOS = 5_000_000;
  private static final int MAX_BATCH_TASKS = 10_000;
  private static final int PROBES = 3;
  private static final int MOST_SAMPLES = 30;
  private static final int FEWEST_SAMPLES = 6;
  private static final long SAMPLING_NANOS = 350_000_000;
  private static final double TOO_FAR = 0.1;

  private static final double FULL_SPEED_QUANTILE = 0.1;

  private final List<Wanted> wanted;

  /// What each launch measured for each wanted time.
  private final List<List<CalibrationSamples>> launches = new ArrayList<>();

  private Calibrator(List<Wanted> wanted) {
    this.wanted = List.copyOf(wanted);
  }

  /// Finds the work for each wanted time. Blocks for about four seconds a launch.
  ///
  /// @param launcher starts a process to measure in
  public static List<Found> calibrate(List<Wanted> wanted, Supplier<Launch> launcher) {
    Calibrator calibrator = new Calibrator(wanted);
    for (int i = 0; i < MOST_LAUNCHES && !calibrator.isSure(); i++) {
      try (Launch launch = launcher.get()) {
        calibrator.measure(launch);
      }
    }
    return calibrator.found();
  }

  private void measure(Launch launch) {
    warmUp(launch, wanted.getFirst());
    launches.add(wanted.stream().map(it -> sample(launch, it)).toList());
  }

  // --- one launch ------------------------------------------------------------------------------

  private static void warmUp(Launch launch, Wanted wanted) {
    int iterations = bracket(launch, wanted);
    double[] speeds = new double[WARM_UP_WINDOW];
    double[] compiled = new double[WARM_UP_WINDOW + 1];
    double[] used = new double[WARM_UP_WINDOW + 1];
    long spent = 0;
    int tasks = batchSize(wanted.nanos(), WARM_UP_BATCH_NANOS);
    for (int i = 0; spent < LONGEST_WARM_UP_NANOS; i++) {
      Batch batch = launch.batch(wanted.messageBytes(), iterations, tasks);
      spent += Math.max(1, batch.cpuNanos());
      shift(speeds, batch.yardstickNanos() * tasks / Math.max(1, batch.cpuNanos()));
      shift(compiled, (double) batch.compilingNanos());
      shift(used, (double) spent);
      if (i >= WARM_UP_WINDOW && spent >= SHORTEST_WARM_UP_NANOS) {
        double compiling = compiled[WARM_UP_WINDOW] - compiled[0];
        if (compiling / (used[WARM_UP_WINDOW] - used[0]) <= COMPILING && rise(speeds) <= RISING) {
          return;
        }
      }
    }
  }

  /// By how much the better half of the later batches is above that of the earlier ones.
  private static double rise(double[] speeds) {
    int half = speeds.length / 2;
    double earlier = Quantiles.quantile(Arrays.copyOf(speeds, half), 1 - 0.25);
    double later = Quantiles.quantile(Arrays.copyOfRange(speeds, half, speeds.length), 1 - 0.25);
    return later / earlier - 1;
  }

  private static void shift(double[] values, double next) {
    System.arraycopy(values, 1, values, 0, values.length - 1);
    values[values.length - 1] = next;
  }

  private static CalibrationSamples sample(Launch launch, Wanted wanted) {
    int iterations = bracket(launch, wanted);
    double fixed = probe(launch, wanted, 1, wanted.nanos());
    int tasks = batchSize(Math.max(fixed, wanted.nanos()), BATCH_NANOS);
    int tasksOfOne = batchSize(fixed, BATCH_NANOS / 2);
    CalibrationSamples samples = new CalibrationSamples(iterations);
    long spent = 0;
    for (int i = 0; i < MOST_SAMPLES && (i < FEWEST_SAMPLES || spent < SAMPLING_NANOS); i++) {
      Batch many = launch.batch(wanted.messageBytes(), iterations, tasks);
      Batch one = launch.batch(wanted.messageBytes(), 1, tasksOfOne);
      samples.add(many, tasks, one, tasksOfOne);
      spent += many.cpuNanos() + one.cpuNanos();
    }
    return samples;
  }

  /// A first guess: raises the count until the wanted time is passed, then follows the line back.
  private static int bracket(Launch launch, Wanted wanted) {
    double fixed = probe(launch, wanted, 1, wanted.nanos());
    int count = 1;
    double cost = fixed;
    while (cost < wanted.nanos() && count < MAX_ITERATIONS) {
      count = (int) Math.min(MAX_ITERATIONS, (long) count * GROWTH);
      cost = probe(launch, wanted, count, cost * GROWTH);
    }
    return count == 1
        ? 1
        : iterations(wanted.nanos(), new Line(fixed, (cost - fixed) / (count - 1)));
  }

  /// The quickest of a few batches, for a task.
  private static double probe(Launch launch, Wanted wanted, int iterations, double expected) {
    int tasks = batchSize(expected, BATCH_NANOS);
    double least = Double.MAX_VALUE;
    for (int i = 0; i < PROBES; i++) {
      Batch batch = launch.batch(wanted.messageBytes(), iterations, tasks);
      least = Math.min(least, (double) batch.cpuNanos() / tasks);
    }
    return least;
  }

  private static int batchSize(double taskNanos, long batchNanos) {
    return (int) Math.clamp(batchNanos / Math.max(taskNanos, 1), 1, MAX_BATCH_TASKS);
  }

  /// Where the line meets the wanted time.
  private static int iterations(double wantedNanos, Line line) {
    if (line.fixed() >= wantedNanos) {
      return 1;
    }
    return line.slope() <= 0 // noise, or a workload that ignores its iterations
        ? MAX_ITERATIONS
        : (int)
            Math.clamp(
                Math.round(1 + (wantedNanos - line.fixed()) / line.slope()), 1L, MAX_ITERATIONS);
  }

  // --- all launches ----------------------------------------------------------------------------

  /// Those that are no slower than the best; the first wanted time tells.
  private List<List<CalibrationSamples>> good() {
    launches.removeIf(launch -> launch.getFirst().size() == 0);
    double yardstick = yardstick();
    double best =
        launches.stream().mapToDouble(it -> speed(it, yardstick)).min().orElse(Double.NaN);
    return launches.stream()
        .filter(it -> speed(it, yardstick) <= SLOW_LAUNCH * best)
        .filter(it -> it.getFirst().atFullSpeed(yardstick))
        .toList();
  }

  /// Whether there are enough good launches, and they agree.
  private boolean isSure() {
    List<List<CalibrationSamples>> good = good();
    if (good.size() < LAUNCHES) {
      return false;
    }
    double yardstick = yardstick();
    double[] logs = good.stream().mapToDouble(it -> Math.log(speed(it, yardstick))).toArray();
    return MEDIAN_ERROR * Math.sqrt(Moments.variance(logs) / logs.length) <= SURE;
  }

  private double speed(List<CalibrationSamples> launch, double yardstick) {
    Line line = launch.getFirst().line(yardstick);
    return line.slope() > 0 ? line.slope() : line.fixed();
  }

  /// What the fixed work takes at full speed: a quick reading, and not the quickest, which a clock
  /// that is raised for a moment gives.
  private double yardstick() {
    double[] all =
        launches.stream()
            .flatMap(List::stream)
            .flatMapToDouble(it -> Arrays.stream(it.yardsticks()))
            .toArray();
    return all.length == 0 ? 1 : Quantiles.quantile(all, FULL_SPEED_QUANTILE);
  }

  private List<Found> found() {
    List<List<CalibrationSamples>> good = good();
    if (good.isEmpty()) {
      good = launches; // The machine was never at its full speed for long enough.
    }
    if (good.isEmpty()) {
      throw new IllegalStateException(
          "expected to time tasks, but the machine stood still during every batch; try again when"
              + " it is quiet");
    }
    double yardstick = yardstick();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      int index = i;
      List<CalibrationSamples> all =
          good.stream()
              .map(launch -> Objects.requireNonNull(launch.get(index)))
              .filter(samples -> samples.size() > 0)
              .toList();
      List<CalibrationSamples> fast = all.stream().filter(it -> it.atFullSpeed(yardstick)).toList();
      List<Line> lines =
          (fast.isEmpty() ? all : fast).stream().map(it -> it.line(yardstick)).toList();
      found.add(found(wanted.get(i), lines, yardstick));
    }
    return List.copyOf(found);
  }

  private static Found found(Wanted wanted, List<Line> lines, double yardstick) {
    if (lines.isEmpty()) {
      throw new IllegalStateException(
          "expected to time tasks of %d ns, but the machine stood still; try again when it is quiet"
              .formatted(wanted.taskNanos()));
    }
    Line middle =
        new Line(
            Quantiles.median(lines.stream().mapToDouble(Line::fixed).toArray()),
            Quantiles.median(lines.stream().mapToDouble(Line::slope).toArray()));
    int iterations = iterations(wanted.nanos(), middle);
    double nanos = middle.at(iterations);
    double[] each = lines.stream().mapToDouble(line -> line.at(iterations)).toArray();
    double range = Quantiles.quantile(each, 1) - Quantiles.quantile(each, 0);
    return new Found(
        wanted,
        iterations,
        nanos,
        range / 2 / nanos,
        yardstick,
        lines.size(),
        reach(wanted, nanos));
  }

  private static Reach reach(Wanted wanted, double nanos) {
    if (Math.abs(nanos - wanted.nanos()) <= TOO_FAR * wanted.nanos()) {
      return Reach.REACHED;
    }
    return nanos > wanted.nanos() ? Reach.FIXED_PART_LONGER : Reach.WORK_TOO_SMALL;
  }
}
