package dev.forklab.fork.cluster;

import static org.awaitility.Awaitility.await;

import dev.forklab.fork.pool.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the listeners of a cluster hear, as lines.
final class Told {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> troubles = new CopyOnWriteArrayList<>();

  /// The same options with these listeners, and short times.
  ClusterOptions on(ClusterOptions options) {
    RestartPolicy restarts =
        RestartPolicy.forWorkers(4)
            .withBackoff(Duration.ofMillis(10), Duration.ofMillis(100))
            .withOnTrouble(troubles::add);
    return options
        .restarts(restarts)
        .drain(Duration.ofSeconds(20))
        .onOnline(worker -> lines.add("online " + worker.id()))
        .onListening(worker -> lines.add("listening " + worker.id()))
        .onDisconnect(worker -> lines.add("disconnect " + worker.id()))
        .onExit((worker, exit) -> lines.add("exit " + worker.id() + ": " + exit.describe()))
        .onMessage((worker, message) -> lines.add("message " + worker.id() + ": " + message));
  }

  List<String> lines() {
    return lines;
  }

  List<String> troubles() {
    return troubles;
  }

  void awaitLine(String line) {
    await().atMost(Duration.ofSeconds(60)).until(() -> lines.contains(line));
  }
}
