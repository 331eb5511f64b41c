package dev.forklab.fork.cluster;

/// Who decides which worker gets a connection. Shares were measured with four workers; see
/// `docs/cluster.md`.
public enum ClusterPolicy {
  /// The workers accept from one listening socket, and the kernel wakes them in turn: 21% to 27% of
  /// the connections each. A worker that is busy accepts less. The default.
  SHARED,
  /// The primary accepts, and passes each connection to the next worker that has room: equal shares
  /// to within one connection. What Node's cluster does by default.
  ROUND_ROBIN,
  /// The primary accepts, and passes all connections from one IP address to the same worker, for
  /// sessions that a worker keeps in memory. While that worker is being replaced, or has 128
  /// connections that it has not accepted, another takes its place. Clients behind one proxy have
  /// one address.
  BY_ADDRESS,
  /// Each worker has a listening socket of its own on the same port (`SO_REUSEPORT`), so that its
  /// loop may use a selector.
  ///
  /// **Loses connections:** what waits in a worker's backlog when it ends is reset, on every reload
  /// (7 of 20,160 measured), unless the system has `net.ipv4.tcp_migrate_req=1`; and while no
  /// worker lives, connections are refused.
  REUSE_PORT;

  boolean isPassed() {
    return this == ROUND_ROBIN || this == BY_ADDRESS;
  }
}
