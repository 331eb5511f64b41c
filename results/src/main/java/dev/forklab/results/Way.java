package dev.forklab.results;

/// How a service is run.
public enum Way {
  /// As a good engineer would: bounded queue, time limits, an end at an exhausted heap, health
  /// checks, and a supervisor that starts a dead service again.
  PRODUCTION("production"),
  /// As most do at first: none of these.
  NAIVE("naive");

  private final String id;

  Way(String id) {
    this.id = id;
  }

  /// The name in files and tables.
  public String id() {
    return id;
  }
}
