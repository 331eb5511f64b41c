package dev.forklab.reports.analysis;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What runs are compared by: the metrics of findings, and what is measured of one model alone.
public enum Aspect {
  THROUGHPUT("throughput", Metric.THROUGHPUT),
  LATENCY_P50("p50 latency", Metric.LATENCY_P50),
  LATENCY_P99("p99 latency", Metric.LATENCY_P99),
  CPU_PER_TASK("CPU a task", Metric.CPU_PER_TASK),
  /// Proportional size of the process tree under load.
  MEMORY("memory", null),
  /// From the request for a pool until its first reply.
  START_UP("start-up", null);

  private final String label;
  private final @Nullable Metric metric;

  Aspect(String label, @Nullable Metric metric) {
    this.label = label;
    this.metric = metric;
  }

  static Aspect of(Metric metric) {
    return Arrays.stream(values()).filter(each -> each.metric == metric).findFirst().orElseThrow();
  }

  /// Its name where there is little room.
  public String label() {
    return label;
  }

  /// Whether a larger number is good news.
  public boolean moreIsBetter() {
    return this == THROUGHPUT;
  }

  /// The metric of findings, whose ratios between models are paired within a run; empty if models
  /// are measured alone.
  public Optional<Metric> metric() {
    return Optional.ofNullable(metric);
  }

  /// A verdict on how it changed, in a word: memory is not faster, but less.
  public String word(Verdict verdict) {
    boolean amount = this == CPU_PER_TASK || this == MEMORY;
    return switch (verdict) {
      case FASTER -> amount ? "less" : "faster";
      case SLOWER -> amount ? "more" : "slower";
      case SAME -> "same";
      case INCONCLUSIVE -> "inconclusive";
      case UNMEASURED -> "not measured";
    };
  }
}
