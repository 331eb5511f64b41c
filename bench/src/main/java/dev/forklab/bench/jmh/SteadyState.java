package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.Slice.Conditions;
import dev.forklab.results.WarmUp.State;
import java.util.Arrays;
import java.util.List;

/// Whether one model has reached its steady state, judged by its last [#WINDOW] warm-up slices.
///
/// Two signals, since neither is enough. A virtual machine that compiles is not in its steady state
/// even if its speed is flat: its speed changes when the compilation ends. And one that does not
/// compile may still become faster: processes start up, caches fill, another runtime has no clock
/// of its compilers. So a model is steady when its compilers took at most [#COMPILING] of the CPU
/// time, and the later half of the slices is not faster than the earlier half by more than
/// [#RISING] and the noise between them.
///
/// Why not a fixed time, or the first flat stretch: of 46 benchmarks on several virtual machines,
/// whole runs never became flat, slowed down, or became flat at another time in each process
/// (Barrett and others, "Virtual Machine Warmup Blows Hot and Cold", 2017); and fixed warm-up times
/// of JMH suites were mostly off in either direction, while rules applied as slices come in find a
/// point near the right one (Traini and others, "Towards Effective Assessment of Steady State
/// Performance in Java Software", 2022).
///
/// Models that share a JVM share its compilers: their share is taken over the last slices of all of
/// them, since a compiler that works for a tenth of a second would be most of one model's window.
///
/// @param slices how many there were in all
/// @param compiling share of the CPU time, or -1 if unknown
/// @param trend log ratio of the later half to the earlier one, the machine's speed taken out
/// @param noise what of the trend noise explains: one standard error
/// @param taskNanos CPU time of a task in the quicker slices of the window; 0 if that is unknown
/// @param yardstickNanos a quick yardstick reading in the window
record SteadyState(
    int slices,
    double compiling,
    double trend,
    double noise,
    double taskNanos,
    double yardstickNanos) {

  static final int WINDOW = 8;
  static final double COMPILING = 0.1;
  static final double RISING = 0.02;

  /// How many standard errors of the trend are noise.
  private static final double NOISE = 1.5;

  /// What a model that was steady must show not to be so any more: noise asks again and again.
  private static final double CLEARLY = 2;

  /// Of normally distributed values: the median distance of neighbors by the standard deviation.
  /// Neighbors, because a rise would make any wider spread look like noise.
  private static final double MEDIAN_STEP = 0.954;

  /// Of a median of four against that of a mean.
  private static final double MEDIAN_ERROR = 1.1;

  /// Judges a model by all of its warm-up slices so far.
  static SteadyState of(List<SliceObservation> all) {
    return of(all, last(all, WINDOW));
  }

  /// Judges a model by all of its warm-up slices so far.
  ///
  /// @param compiled the latest slices in which its compilers worked, its own or others'
  static SteadyState of(List<SliceObservation> all, List<SliceObservation> compiled) {
    List<SliceObservation> last = last(all, WINDOW);
    double[] logs = last.stream().mapToDouble(SteadyState::logSpeed).toArray();
    if (logs.length < WINDOW || !Arrays.stream(logs).allMatch(Double::isFinite)) {
      return new SteadyState(all.size(), 1, 1, 0, 0, 0);
    }
    double[] earlier = Arrays.copyOf(logs, WINDOW / 2);
    double[] later = Arrays.copyOfRange(logs, WINDOW / 2, WINDOW);
    double spread = Quantiles.median(steps(logs)) / MEDIAN_STEP;
    return new SteadyState(
        all.size(),
        compiling(compiled),
        Quantiles.median(later) - Quantiles.median(earlier),
        MEDIAN_ERROR * spread / Math.sqrt(WINDOW / 4.0),
        taskNanos(last),
        yardstickNanos(last));
  }

  static List<SliceObservation> last(List<SliceObservation> all, int count) {
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  State state() {
    if (compiling > COMPILING) {
      return State.COMPILING;
    }
    return trend > RISING + NOISE * noise ? State.RISING : State.STEADY;
  }

  /// Whether it is clearly not steady, even if it was judged to be earlier.
  boolean clearlyUnsteady() {
    return compiling > CLEARLY * COMPILING || trend > CLEARLY * (RISING + NOISE * noise);
  }

  /// Tasks in the time of the yardstick: a machine that slows down slows both.
  private static double logSpeed(SliceObservation slice) {
    return Math.log(slice.operations() * conditions(slice).yardstickNanos() / slice.nanos());
  }

  /// Noise only takes, so the second quickest tells the code's own time; and the compilers' is not
  /// the code's.
  private static double taskNanos(List<SliceObservation> slices) {
    double[] nanos =
        slices.stream()
            .filter(it -> it.cpuNanos() > 0)
            .mapToDouble(it ->
                (double) (it.cpuNanos() - Math.max(0, conditions(it).compilingNanos()))
                    / it.operations())
            .sorted()
            .toArray();
    return nanos.length < 2 ? 0 : nanos[1];
  }

  /// As quick among the readings as [#taskNanos] is among the tasks.
  private static double yardstickNanos(List<SliceObservation> slices) {
    return slices.stream()
        .map(SteadyState::conditions)
        .mapToDouble(it -> Math.min(it.yardstickBeforeNanos(), it.yardstickAfterNanos()))
        .sorted()
        .skip(1)
        .findFirst()
        .orElse(0);
  }

  private static double compiling(List<SliceObservation> slices) {
    long compiling = 0;
    long all = 0;
    for (SliceObservation slice : slices) {
      if (conditions(slice).compilingNanos() < 0 || slice.cpuNanos() < 0) {
        return -1;
      }
      compiling += conditions(slice).compilingNanos();
      all += slice.cpuNanos();
    }
    return all == 0 ? 0 : (double) compiling / all;
  }

  private static Conditions conditions(SliceObservation slice) {
    Conditions conditions = slice.conditions();
    return conditions == null ? new Conditions(-1, 1, 1) : conditions;
  }

  private static double[] steps(double[] values) {
    double[] steps = new double[values.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.abs(values[i + 1] - values[i]);
    }
    return steps;
  }
}
