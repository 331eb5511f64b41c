package dev.forklab.bench.cli;

import dev.forklab.bench.channel.ChannelBench;
import dev.forklab.bench.channel.ChannelPlan;
import dev.forklab.bench.channel.ChannelResult;
import dev.forklab.bench.channel.ChannelText;
import dev.forklab.bench.host.HostInspector;
import dev.forklab.bench.peer.PeerRuntimes;
import dev.forklab.bench.peer.PeerRuntimes.Found;
import dev.forklab.bench.run.LabLock;
import dev.forklab.bench.runtime.RuntimeFailedException;
import dev.forklab.results.Model;
import dev.forklab.results.Peer;
import dev.forklab.results.WholeFile;
import dev.forklab.workload.Seal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lab channel`: fork() beside Node's own.
@Command(
    name = "channel",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compare fork() with Node's child_process.fork in the same run.",
      "",
      "Start, round trips, rates, large documents and memory of idle children, as ratios to Node's"
          + " json with intervals. Without a node, only this library is measured. About four"
          + " minutes; --quick two."
    })
final class ChannelCommand implements Callable<Integer> {

  private static final String TEXT_FILE = "channel.txt";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--quick", description = "A first look, in two minutes.")
  private boolean quick;

  @Option(
      names = "--node",
      paramLabel = "PATH",
      description = "The node to compare with (default: the one on the PATH).")
  private @Nullable String node;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory; must be new or empty (default: runs/channel-DATE-TIME).")
  private @Nullable Path out;

  // Written by the hook of an interruption, read by the measuring thread.
  private volatile boolean interrupted;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (LabLock _ = LabLocks.take()) {
      Optional<Peer> found = findNode();
      Path directory = RunFolders.create(out, "channel-").directory().path();
      return measure(found, directory);
    }
  }

  private Optional<Peer> findNode() {
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

  private int measure(Optional<Peer> found, Path directory)
      throws IOException, InterruptedException {
    ChannelPlan plan = quick ? ChannelPlan.QUICK : ChannelPlan.USUAL;
    say(
        found
            .map(it -> "channel: beside node " + it.version())
            .orElse("channel: no node on the PATH, so this library is measured alone"));
    ChannelResult begun =
        new ChannelResult(
            LabVersion.text(),
            System.currentTimeMillis(),
            "lab "
                + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs()),
            HostInspector.ofThisMachine().inspect(),
            found.map(Peer::version).orElse(""),
            List.of());
    ChannelBench bench = new ChannelBench(plan, found, directory, this::say);
    try (Interruption _ = Interruption.watch(() -> stop(bench))) {
      return finish(begun.with(bench.run()), directory);
    } catch (RuntimeFailedException e) {
      if (interrupted) {
        return ExitCode.INTERRUPTED;
      }
      throw new UserError(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e);
    }
  }

  private int finish(ChannelResult result, Path directory) throws IOException {
    result.write(directory);
    String text = ChannelText.of(result);
    WholeFile.write(directory.resolve(TEXT_FILE), text);
    PrintWriter to = spec.commandLine().getOut();
    to.print(text);
    to.println("kept in: " + directory);
    to.flush();
    return ExitCode.OK;
  }

  private void stop(ChannelBench bench) {
    interrupted = true;
    bench.stop();
    say("interrupted; nothing is kept of a comparison that did not end");
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
