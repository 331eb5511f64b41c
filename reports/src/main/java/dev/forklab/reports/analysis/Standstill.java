package dev.forklab.reports.analysis;

import static java.util.stream.Collectors.groupingBy;

import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.Model;
import dev.forklab.results.Slice;
import dev.forklab.results.Trial;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which slices of a trial a standstill of the machine has disturbed: those that took much longer
/// than they were asked to. All slices of a trial are asked to take the same time, and take
/// somewhat longer, each model in its own way (a call that has begun ends): so the measure is the
/// model's usual slice in that trial.
///
/// @param usualNanos of each model
record Standstill(Map<Model, Double> usualNanos) {

  /// So many times as long as usual, and so much longer: a slow task or a late thread is neither.
  private static final double LONGEST_OF_USUAL = 2;

  private static final long LONGEST_OVER_USUAL_NANOS = 250_000_000L;

  static Standstill of(Trial trial) {
    Map<Model, Double> usual = new EnumMap<>(Model.class);
    trial.slices().stream()
        .filter(slice -> !slice.warmup())
        .collect(groupingBy(Slice::model))
        .forEach((model, slices) -> usual.put(model, median(slices)));
    return new Standstill(usual);
  }

  private static double median(List<Slice> slices) {
    return Quantiles.median(slices.stream().mapToDouble(Slice::nanos).toArray());
  }

  /// Whether this measured slice has no time, as one with a wrong reply has none.
  boolean disturbed(Slice slice) {
    double usual = usualNanos.getOrDefault(slice.model(), Double.POSITIVE_INFINITY);
    return !slice.warmup()
        && slice.nanos() > LONGEST_OF_USUAL * usual
        && slice.nanos() > usual + LONGEST_OVER_USUAL_NANOS;
  }
}
