package dev.forklab.reports.analysis;

/// What a finding compares.
public enum Metric {
  /// Tasks per second; more is better.
  THROUGHPUT,
  /// Median latency in the closed loop; less is better.
  LATENCY_P50,
  /// 99th percentile of latency in the closed loop; less is better.
  LATENCY_P99,
  /// CPU time of the process tree per task; less is better.
  CPU_PER_TASK
}
