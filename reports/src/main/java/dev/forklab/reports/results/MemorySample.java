package dev.forklab.reports.results;

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
public record MemorySample(
    Phase phase,
    int processes,
    long pssBytes,
    long ussBytes,
    long rssBytes,
    long heapUsedBytes,
    long heapCommittedBytes) {

  /// When a sample was taken.
  public enum Phase {
    /// Workers are up and have answered once; no task runs.
    IDLE,
    /// The pool has been kept full for a while and still is.
    LOADED
  }
}
