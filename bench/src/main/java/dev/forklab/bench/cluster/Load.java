package dev.forklab.bench.cluster;

import dev.forklab.reports.stats.Quantiles;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// What a client has seen in one slice. Filled by its own thread, then read.
final class Load {

  private static final int FIRST_ROOM = 4096;
  private static final double PERCENTILE = 0.99;

  private long[] timesNanos = new long[FIRST_ROOM];
  private int answered;
  private int lost;
  private long nanos;
  private final Map<Integer, Integer> answeredBy = new HashMap<>();

  void answered(int worker, long timeNanos) {
    if (answered == timesNanos.length) {
      timesNanos = Arrays.copyOf(timesNanos, 2 * answered);
    }
    timesNanos[answered++] = timeNanos;
    answeredBy.merge(worker, 1, Integer::sum);
  }

  /// A request was refused, or its connection ended without an answer.
  void lost() {
    lost++;
  }

  void took(long slice) {
    nanos = slice;
  }

  boolean isEmpty() {
    return answered == 0 && lost == 0;
  }

  int answeredCount() {
    return answered;
  }

  int lostCount() {
    return lost;
  }

  /// Answers a second.
  double rate() {
    return answered * 1e9 / nanos;
  }

  double p99Nanos() {
    double[] times = Arrays.stream(timesNanos, 0, answered).asDoubleStream().toArray();
    return Quantiles.quantile(times, PERCENTILE);
  }

  /// The share of the worker that answered most, as a multiple of an equal one.
  double largestShare(int workers) {
    int most = answeredBy.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return (double) most * workers / answered;
  }
}
