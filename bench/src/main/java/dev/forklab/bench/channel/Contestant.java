package dev.forklab.bench.channel;

/// Who is measured: a way to start a child and to talk with it.
public enum Contestant {
  FORKLAB_JSON("forklab json", false, "json"),
  FORKLAB_ADVANCED("forklab advanced", false, "advanced"),
  NODE_JSON("node json", true, "json"),
  NODE_ADVANCED("node advanced", true, "advanced"),
  NODE_THREADS("node threads", true, "threads");

  /// What all others are compared with.
  static final Contestant REFERENCE = NODE_JSON;

  private final String label;
  private final boolean ofNode;
  private final String mode;

  Contestant(String label, boolean ofNode, String mode) {
    this.label = label;
    this.ofNode = ofNode;
    this.mode = mode;
  }

  String label() {
    return label;
  }

  boolean isOfNode() {
    return ofNode;
  }

  /// What its driver calls it.
  String mode() {
    return mode;
  }

  /// Whether it runs in a process of its own, which can be asked for its memory.
  boolean isProcess() {
    return this != NODE_THREADS;
  }
}
