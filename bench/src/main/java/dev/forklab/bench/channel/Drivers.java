package dev.forklab.bench.channel;

import dev.forklab.fork.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The drivers of one block, and who they measure.
final class Drivers implements AutoCloseable {

  private final Driver ours;
  private final @Nullable Driver nodes;

  private Drivers(Driver ours, @Nullable Driver nodes) {
    this.ours = ours;
    this.nodes = nodes;
  }

  static Drivers start(Optional<Node> node, Path directory) throws IOException {
    Driver ours = Driver.start("forklab", javaCommand(), directory.resolve("forklab.log"));
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

  /// A JVM as a program's own would be; only the collector is said, as everywhere in this lab.
  private static List<String> javaCommand() {
    return List.of(
        JavaCommand.ownJava().toString(),
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        ForkDriver.class.getName());
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
