package dev.forklab.bench.cli;

import dev.forklab.bench.experiment.Experiment;
import dev.forklab.bench.experiment.NodeComparison;
import dev.forklab.bench.host.HostInspector;
import dev.forklab.bench.run.LabLock;
import dev.forklab.bench.runtime.RuntimeFailedException;
import dev.forklab.results.Peer;
import dev.forklab.results.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/// One run of a command that compares with Node: measures, keeps everything in the run directory
/// and prints the tables.
///
/// @param <C> a contestant
final class NodeComparisonRun<C> {

  /// Prepares the experiment.
  @FunctionalInterface
  interface Preparation<C> {
    /// Makes the experiment, which has not begun yet.
    ///
    /// @param directory for what it writes
    /// @param progress told in a few words what is measured next
    Experiment<C> prepare(Optional<Peer> node, Path directory, Consumer<String> progress);
  }

  private final CommandSpec spec;
  private final Preparation<C> preparation;
  private final Function<NodeComparison<C>, String> text;
  // Written by the hook of an interruption, read by the measuring thread.
  private volatile boolean interrupted;

  NodeComparisonRun(
      CommandSpec spec, Preparation<C> preparation, Function<NodeComparison<C>, String> text) {
    this.spec = spec;
    this.preparation = preparation;
    this.text = text;
  }

  /// Returns the exit code.
  int run(NodeComparisonOptions options) throws IOException, InterruptedException {
    try (LabLock _ = LabLocks.take()) {
      Optional<Peer> node = options.findNode();
      Path directory = RunFolders.create(options.out, spec.name() + "-").directory().path();
      say(
          node.map(it -> spec.name() + ": beside node " + it.version())
              .orElse(spec.name() + ": no node on the PATH, so this library is measured alone"));
      return measure(node, directory);
    }
  }

  private int measure(Optional<Peer> node, Path directory)
      throws IOException, InterruptedException {
    NodeComparison<C> begun =
        new NodeComparison<>(
            LabVersion.text(),
            System.currentTimeMillis(),
            GivenCommand.line(spec),
            HostInspector.ofThisMachine().inspect(),
            node.map(Peer::version).orElse(""),
            List.of());
    Experiment<C> experiment = preparation.prepare(node, directory, this::say);
    try (Interruption _ = Interruption.watch(() -> stop(experiment))) {
      return finish(begun.with(experiment.run()), directory);
    } catch (RuntimeFailedException e) {
      if (interrupted) {
        return ExitCode.INTERRUPTED;
      }
      throw new UserError(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e);
    }
  }

  private int finish(NodeComparison<C> result, Path directory) throws IOException {
    result.write(directory.resolve(spec.name() + ".json"));
    String tables = text.apply(result);
    WholeFile.write(directory.resolve(spec.name() + ".txt"), tables);
    PrintWriter to = spec.commandLine().getOut();
    to.print(tables);
    to.println("kept in: " + directory);
    to.flush();
    return ExitCode.OK;
  }

  private void stop(Experiment<C> experiment) {
    interrupted = true;
    experiment.stop();
    say("interrupted; nothing is kept of a comparison that did not end");
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
