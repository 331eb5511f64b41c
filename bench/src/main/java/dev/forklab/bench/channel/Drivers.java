package dev.forklab.bench.channel;

import dev.forklab.fork.launch.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  private final Driver ours;
  private final @Nullable Driver nodes;

  private Drivers(Driver ours, @Nullable Driver nodes) {
    this.ours = ours;
    this.nodes = nodes;
  }

  /// @param heap flags of our driver's JVM, which its children inherit
  static Drivers start(Optional<Node> node, Path directory, List<String> heap) throws IOException {
    Driver ours = Driver.start("forklab", javaCommand(heap), directory.resolve("forklab.log"));
    if (node.isEmpty()) {
      return new Drivers(ours, null);
    }
    try {
      List<String> command =
          List.of(node.get().executable(), Node.writeDriver(directory).toString());
      return new Drivers(ours, Driver.start("node", command, directory.resolve("node.log")));
    } catch (IOException e) {
      ours.close();
      throw e;
    }
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

  Reply ask(Contestant contestant, Request request) throws InterruptedException {
    Driver driver = contestant.isOfNode() ? nodes : ours;
    if (driver == null) {
      throw new IllegalStateException("expected a driver of " + contestant + ", found none");
    }
    return driver.ask(request);
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
