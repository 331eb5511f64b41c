package dev.forklab.results;

import org.jspecify.annotations.Nullable;

/// Memory of a model's whole process tree at one moment, with that model alone alive.
///
/// @param phase what the pool was doing
/// @param processes how many processes were counted
/// @param pssBytes proportional set size: shared pages divided among their users; -1 if unknown
/// @param ussBytes unique set size: pages that only this tree's one process uses, summed; -1 if
///   unknown
/// @param rssBytes resident set size, summed: shared pages counted once for each process
/// @param heapUsedBytes live and garbage objects in the heaps of all JVMs
/// @param heapCommittedBytes memory that the heaps of all JVMs hold
/// @param sinceNanos since the load began; 0 of an idle sample
/// @param shares how the tree's pages divide, or null where that was not read
public record MemorySample(
    Phase phase,
    int processes,
    long pssBytes,
    long ussBytes,
    long rssBytes,
    long heapUsedBytes,
    long heapCommittedBytes,
    long sinceNanos,
    @Nullable Shares shares) {

  /// A sample of which no more is known.
  public MemorySample(
      Phase phase,
      int processes,
      long pssBytes,
      long ussBytes,
      long rssBytes,
      long heapUsedBytes,
      long heapCommittedBytes) {
    this(
        phase, processes, pssBytes, ussBytes, rssBytes, heapUsedBytes, heapCommittedBytes, 0, null);
  }

  /// What a tree's memory is made of, from the map of each process.
  ///
  /// @param heapPssBytes resident pages of the JVMs' heaps, shared ones divided; -1 if a heap could
  ///   not be told from the rest
  /// @param archivePssBytes pages of the JDK's shared archives and of AOT caches, shared ones
  ///   divided among their users
  /// @param archiveRssBytes the same pages counted once for each process: what they would take if
  ///   nothing were shared
  public record Shares(long heapPssBytes, long archivePssBytes, long archiveRssBytes) {}

  /// When a sample was taken.
  public enum Phase {
    /// Workers are up and have answered once; no task runs.
    IDLE,
    /// The pool has been kept full for a while and still is.
    LOADED
  }
}
