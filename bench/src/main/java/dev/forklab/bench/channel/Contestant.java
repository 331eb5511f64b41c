package dev.forklab.bench.channel;

import java.util.Arrays;
import java.util.List;

/// Who is measured: a way to start a child and to talk with it.
public enum Contestant {
  FORKLAB_JSON("forklab json", false, "json"),
  FORKLAB_ADVANCED("forklab advanced", false, "advanced"),
  NODE_JSON("node json", true, "json"),
  NODE_ADVANCED("node advanced", true, "advanced"),
  NODE_THREADS("node threads", true, "threads"),
  /// A child JVM with the same flags and a start archive that says hello on its standard output and
  /// runs nothing of this library: what no JVM can do without.
  PLAIN_JVM("plain JVM", false, "plain");

  /// Those that talk with their parent.
  static final List<Contestant> TALKING =
      Arrays.stream(values()).filter(Contestant::talks).toList();

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

  /// Whether it can be sent messages.
  boolean talks() {
    return this != PLAIN_JVM;
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
