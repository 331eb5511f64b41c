package dev.forklab.bench.cli;

import dev.forklab.bench.peer.PeerRuntimes;
import dev.forklab.bench.peer.PeerRuntimes.Found;
import dev.forklab.results.Model;
import dev.forklab.results.Peer;
import dev.forklab.workload.Seal;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of the commands that compare with Node.
final class NodeComparisonOptions {

  @Option(names = "--quick", description = "A first look, in two minutes.")
  boolean quick;

  @Option(
      names = "--node",
      paramLabel = "PATH",
      description = "The node to compare with (default: the one on the PATH).")
  private @Nullable String node;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The run directory; must be new or empty (default: runs/${COMMAND-NAME}-DATE-TIME).")
  @Nullable Path out;

  /// What to compare with, if it is there.
  Optional<Peer> findNode() {
    Found looked =
        node == null
            ? PeerRuntimes.onThePath().find(Model.NODE, Seal.NAME)
            : PeerRuntimes.nodeAt(node);
    Optional<Peer> found =
        looked instanceof Found.Present(Peer peer) ? Optional.of(peer) : Optional.empty();
    if (found.isEmpty() && node != null) {
      throw new UserError(
          ExitCode.USAGE, "expected a node in --node that says its version, found '" + node + "'");
    }
    return found;
  }
}
