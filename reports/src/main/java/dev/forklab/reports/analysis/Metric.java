package dev.forklab.reports.analysis;

/// What a finding compares.
public enum Metric {
  /// Tasks per second; more is better.
  THROUGHPUT("throughput"),
  /// Median latency in the closed loop; less is better.
  LATENCY_P50("median latency"),
  /// 99th percentile of latency in the closed loop; less is better.
  LATENCY_P99("99th percentile of latency"),
  /// CPU time of the process tree per task; less is better.
  CPU_PER_TASK("CPU time per task");

  private final String label;

  Metric(String label) {
    this.label = label;
  }

  /// What it is, in words.
  public String label() {
    return label;
  }
}
