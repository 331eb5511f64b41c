package dev.forklab.bench.cluster;

import dev.forklab.bench.peer.PeerRuntimes;
import dev.forklab.bench.runtime.BundledScript;
import dev.forklab.bench.runtime.LineProcess;
import dev.forklab.bench.runtime.RuntimeFailedException;
import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.results.Peer;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The primaries of one block, each with its workers.
final class Primaries implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String NODES_SCRIPT = "cluster.cjs";
  private static final String PORT = "port ";

  private final Map<ClusterContestant, LineProcess> running =
      new EnumMap<>(ClusterContestant.class);
  private final Path directory;

  private Primaries(Path directory) {
    this.directory = directory;
  }

  /// @param directory where their standard error goes
  static Primaries start(Optional<Peer> node, Path directory) throws IOException {
    Primaries primaries = new Primaries(directory);
    boolean started = false;
    try {
      for (ClusterContestant contestant : ClusterContestant.measurable(node.isPresent())) {
        List<String> command = new ArrayList<>();
        if (contestant.isOfNode()) {
          command.addAll(
              List.of(
                  node.orElseThrow().command(),
                  BundledScript.unpack(NODES_SCRIPT, Primaries.class, directory).toString()));
        } else {
          command.addAll(javaCommand());
        }
        command.addAll(List.of(contestant.policy(), Integer.toString(ClusterPlan.WORKERS)));
        primaries.running.put(contestant, primaries.start(contestant, command));
      }
      started = true;
      return primaries;
    } finally {
      if (!started) {
        primaries.close();
      }
    }
  }

  private LineProcess start(ClusterContestant contestant, List<String> command) throws IOException {
    ProcessBuilder builder = PeerRuntimes.builder(command);
    File log = directory.resolve(contestant.isOfNode() ? "node.log" : "forklab.log").toFile();
    return LineProcess.start(contestant.label(), builder.redirectError(Redirect.appendTo(log)));
  }

  /// A JVM as a program's own would be; only the collector is said, as everywhere in this lab.
  private static List<String> javaCommand() {
    return List.of(
        JavaCommand.ownJava().toString(),
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        ClusterPrimary.class.getName());
  }

  /// Those that run.
  List<ClusterContestant> contestants() {
    return List.copyOf(running.keySet());
  }

  /// Waits until all of a contestant's workers listen.
  ///
  /// @return their port
  int port(ClusterContestant contestant) throws InterruptedException {
    return ask(contestant, "port");
  }

  /// Replaces a contestant's workers one after the other, and waits until the old ones have ended.
  void reload(ClusterContestant contestant) throws InterruptedException {
    ask(contestant, "reload");
  }

  private int ask(ClusterContestant contestant, String command) throws InterruptedException {
    LineProcess primary = running.get(contestant);
    if (primary == null) {
      throw new IllegalStateException("expected a primary of " + contestant + ", found none");
    }
    String line;
    try {
      line = primary.ask(command, PATIENCE);
    } catch (RuntimeFailedException e) {
      throw failed(contestant, command, String.valueOf(e.getMessage()));
    }
    if (!line.startsWith(PORT)) {
      throw failed(contestant, command, line);
    }
    return Integer.parseInt(line.substring(PORT.length()));
  }

  private RuntimeFailedException failed(ClusterContestant contestant, String command, String why) {
    return new RuntimeFailedException(
        "the primary of %s could not do %s: %s; see the logs in %s"
            .formatted(contestant.label(), command, why, directory));
  }

  void kill() {
    running.values().forEach(LineProcess::kill);
  }

  @Override
  public void close() {
    running.values().forEach(LineProcess::close);
  }
}
