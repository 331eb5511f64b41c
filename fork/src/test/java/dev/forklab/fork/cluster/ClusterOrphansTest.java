package dev.forklab.fork.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.NothingLeft;
import java.io.BufferedReader;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// A primary that is killed leaves neither workers nor a port.
@ExtendWith(NothingLeft.class)
@Timeout(120)
class ClusterOrphansTest {

  /// Starts a cluster of the policy that it is given, says its port, and stays.
  static final class Primary {
    @SuppressWarnings("SystemOut") // What it prints is what the test reads.
    static void main(String[] args) throws Exception {
      Cluster cluster =
          Cluster.of(Workers.Echo.class, 2).policy(ClusterPolicy.valueOf(args[0])).start();
      if (args[1].equals("listening")) {
        cluster.listening().get();
      }
      System.out.println(cluster.address().getPort());
    }
  }

  private static Process start(String... args) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Primary.class.getName()),
                Stream.of(args))
            .toList();
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Test
  void aPrimaryKilledWhileItsWorkersServeTakesThemWithIt() throws Exception {
    for (ClusterPolicy policy : List.of(ClusterPolicy.SHARED, ClusterPolicy.ROUND_ROBIN)) {
      killed(policy, "listening");
    }
  }

  @Test
  void aPrimaryKilledBetweenBindAndForkLeavesNothing() throws Exception {
    killed(ClusterPolicy.SHARED, "bound");
  }

  private static void killed(ClusterPolicy policy, String when) throws Exception {
    Process primary = start(policy.name(), when);
    try (BufferedReader out = primary.inputReader()) {
      int port = Integer.parseInt(out.readLine());
      List<ProcessHandle> workers = primary.descendants().toList();
      primary.destroyForcibly();
      assertThat(primary.waitFor(60, TimeUnit.SECONDS)).isTrue();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThatThrownBy(() -> Client.ask(port)).isInstanceOf(ConnectException.class));
    }
  }

  @Test
  void aPrimaryStaysUntilItsClusterIsClosed() throws Exception {
    Process primary = start(ClusterPolicy.SHARED.name(), "listening");
    try (BufferedReader out = primary.inputReader()) {
      int port = Integer.parseInt(out.readLine());
      assertThat(Client.ask(port)).isBetween(1, 2); // Though its main has returned.
      List<ProcessHandle> workers = primary.descendants().toList();
      primary.destroy();
      assertThat(primary.waitFor(60, TimeUnit.SECONDS)).isTrue();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    }
  }
}
