package dev.forklab.bench.cluster;

/// What is measured.
public enum ClusterMeasure {
  /// Requests per second on connections that are kept.
  KEPT_RATE("requests/s, kept connections", true),
  /// The 99th percentile of their times; nanoseconds.
  KEPT_P99("p99, kept connections", false),
  /// Requests per second with a connection for each.
  FRESH_RATE("requests/s, one per connection", true),
  /// The 99th percentile from the connect to the answer; nanoseconds.
  FRESH_P99("p99, one per connection", false),
  /// The connections of the worker that got most, as a multiple of an equal share.
  LARGEST_SHARE("largest share, of 1", false),
  /// Requests that a reload under load left without an answer; the count is of all requests.
  LOST("lost on reload", false);

  private final String label;
  private final boolean rate;

  ClusterMeasure(String label, boolean rate) {
    this.label = label;
    this.rate = rate;
  }

  /// Its name in files.
  String id() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  String label() {
    return label;
  }

  boolean isRate() {
    return rate;
  }

  boolean isTime() {
    return this == KEPT_P99 || this == FRESH_P99;
  }
}
