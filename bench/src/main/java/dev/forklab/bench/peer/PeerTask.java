package dev.forklab.bench.peer;

import dev.forklab.results.Peer;
import dev.forklab.workload.WorkloadSpec;

/// What a peer is to run, and with how many workers.
///
/// @param workload with the iterations that the peer needs for the task time
/// @param workers how many tasks may run at once
/// @param codec how Node's `fork` serializes: `json` or `binary` (structured clone); the others
///   have one way only
/// @param heapBytes the most heap of each of its processes or threads, where the runtime has such a
///   limit
public record PeerTask(
    Peer peer, WorkloadSpec workload, int workers, String codec, long heapBytes) {

  /// As many tasks as a child of the lab's own fork pool holds at once.
  private static final int PREFETCH = 2;

  /// As the peer reads it: JSON on one line.
  String settings(int messages, int messageBytes) {
    return """
    {"workload":"%s","iterations":%d,"workers":%d,"prefetch":%d,"codec":"%s","heapMiB":%d,\
    "messages":%d,"messageBytes":%d}
    """
        .formatted(
            workload.name(),
            workload.iterations(),
            workers,
            PREFETCH,
            codec,
            Math.max(1, heapBytes >> 20),
            messages,
            messageBytes);
  }
}
