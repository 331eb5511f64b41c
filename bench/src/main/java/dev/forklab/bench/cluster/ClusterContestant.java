package dev.forklab.bench.cluster;

import java.util.Arrays;
import java.util.List;

/// Who is measured: a way to share a port.
public enum ClusterContestant {
  FORKLAB_SHARED("forklab shared", false, "SHARED"),
  FORKLAB_ROUND_ROBIN("forklab round robin", false, "ROUND_ROBIN"),
  /// Node's default.
  NODE_ROUND_ROBIN("node round robin", true, "SCHED_RR"),
  NODE_SHARED("node shared", true, "SCHED_NONE");

  /// What all others are compared with.
  static final ClusterContestant REFERENCE = NODE_ROUND_ROBIN;

  static final List<ClusterContestant> ALL = List.of(values());

  private final String label;
  private final boolean ofNode;
  private final String policy;

  ClusterContestant(String label, boolean ofNode, String policy) {
    this.label = label;
    this.ofNode = ofNode;
    this.policy = policy;
  }

  String label() {
    return label;
  }

  /// What its primary calls it.
  String policy() {
    return policy;
  }

  boolean isOfNode() {
    return ofNode;
  }

  static List<ClusterContestant> measurable(boolean withNode) {
    return Arrays.stream(values()).filter(each -> withNode || !each.ofNode).toList();
  }
}
