package dev.forklab.bench.peer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.bench.peer.PeerRuntimes.Found;
import dev.forklab.results.Model;
import dev.forklab.results.Peer;

/// The runtimes of this machine; a test that needs one which is not there is skipped, in words.
public final class PeersHere {

  private PeersHere() {}

  /// The peer, for a workload that it can compute.
  public static Peer orSkip(Model model, String workload) {
    return switch (PeerRuntimes.onThePath().find(model, workload)) {
      case Found.Present(Peer peer) -> peer;
      case Found.Absent(String reason) -> {
        assumeTrue(false, "skipped: " + model.id() + ": " + reason);
        throw new AssertionError(reason);
      }
    };
  }
}
