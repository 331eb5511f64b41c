package dev.forklab.bench.channel;

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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The drivers of one block, and who they measure.
final class Drivers implements AutoCloseable {

  /// A JVM's own choice.
  static final List<String> USUAL_HEAP = List.of();

  /// Room for a document and what becomes of it among the young objects, in pages that have been
  /// touched. In the usual heap, a document of 40 MB is copied to the old generation while it comes
  /// in, into pages that the system has to give first, which takes longer than all the rest; then
  /// that is what grows, and not the time that a channel takes.
  static final List<String> HEAP_FOR_DOCUMENTS =
      List.of("-Xms600m", "-Xmx600m", "-Xmn400m", "-XX:+AlwaysPreTouch");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String NODES_SCRIPT = "driver.cjs";

  private final LineProcess ours;
  private final @Nullable LineProcess nodes;
  private final Path directory;

  private Drivers(LineProcess ours, @Nullable LineProcess nodes, Path directory) {
    this.ours = ours;
    this.nodes = nodes;
    this.directory = directory;
  }

  /// @param heap flags of our driver's JVM, which its children inherit
  /// @param directory where the drivers' standard error goes
  static Drivers start(Optional<Peer> node, Path directory, List<String> heap) throws IOException {
    LineProcess ours = start("forklab", javaCommand(heap), directory);
    if (node.isEmpty()) {
      return new Drivers(ours, null, directory);
    }
    try {
      List<String> command =
          List.of(
              node.get().command(),
              BundledScript.unpack(NODES_SCRIPT, Drivers.class, directory).toString());
      return new Drivers(ours, start("node", command, directory), directory);
    } catch (IOException e) {
      ours.close();
      throw e;
    }
  }

  private static LineProcess start(String name, List<String> command, Path directory)
      throws IOException {
    ProcessBuilder builder = PeerRuntimes.builder(command);
    File log = directory.resolve(name + ".log").toFile();
    return LineProcess.start(name, builder.redirectError(Redirect.appendTo(log)));
  }

  /// A JVM as a program's own would be; but for the heap only the collector is said, as everywhere
  /// in this lab.
  private static List<String> javaCommand(List<String> heap) {
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.ownJava().toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(heap);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ForkDriver.class.getName()));
    return command;
  }

  /// Those that can be measured here.
  List<Contestant> contestants(Measure measure) {
    return Arrays.stream(Contestant.values())
        .filter(contestant -> !contestant.isOfNode() || nodes != null)
        .filter(measure::suits)
        .toList();
  }

  /// Has a contestant's driver do something, and waits until it has.
  ///
  /// @throws RuntimeFailedException if it cannot, or has ended
  Reply ask(Contestant contestant, Request request) throws InterruptedException {
    LineProcess driver = contestant.isOfNode() ? nodes : ours;
    if (driver == null) {
      throw new IllegalStateException("expected a driver of " + contestant + ", found none");
    }
    try {
      String line = driver.ask(JSON.writeValueAsString(request), PATIENCE);
      Reply reply = JSON.readValue(line, Reply.class);
      if (reply.error() != null) {
        throw new RuntimeFailedException(reply.error());
      }
      return reply;
    } catch (RuntimeFailedException | JacksonException e) {
      throw new RuntimeFailedException(
          "the driver of %s could not do %s: %s; see the logs in %s"
              .formatted(contestant.label(), request.act(), e.getMessage(), directory),
          e);
    }
  }

  void kill() {
    ours.kill();
    if (nodes != null) {
      nodes.kill();
    }
  }

  @Override
  public void close() {
    try (ours) {
      if (nodes != null) {
        nodes.close();
      }
    }
  }
}
