package dev.forklab.fork.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.ProcFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// A primary in a JVM of its own: one that is killed leaves neither workers nor a port.
@ExtendWith(NothingLeft.class)
@Timeout(120)
class PrimaryTest {

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

  /// Uses up its descriptors at the first line of its input, and gives them back at the second.
  static final class HungryPrimary {
    @SuppressWarnings("SystemOut") // What it prints is what the test reads.
    static void main(String[] args) throws Exception {
      try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
          Cluster cluster =
              Cluster.of(Workers.Echo.class, 1).policy(ClusterPolicy.ROUND_ROBIN).start()) {
        cluster.listening().get();
        int port = cluster.address().getPort();
        Client.ask(port); // Loads what that takes.
        System.out.println(port);
        in.readLine();
        List<FileInputStream> eaten = eat();
        System.out.println("eaten");
        in.readLine();
        for (FileInputStream each : eaten) {
          each.close();
        }
        in.readLine();
      }
    }

    private static List<FileInputStream> eat() {
      List<FileInputStream> eaten = new ArrayList<>();
      try {
        while (true) {
          eaten.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException _) {
        return eaten;
      }
    }
  }

  private static Process start(Class<?> primary, String... args) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    "sh",
                    "-c",
                    "ulimit -n 200; exec \"$0\" \"$@\"",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    primary.getName()),
                Stream.of(args))
            .toList();
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Test
  void aPrimaryWithoutDescriptorsLeavesConnectionsInTheBacklog() throws Exception {
    Process primary = start(HungryPrimary.class);
    try (BufferedReader out = primary.inputReader();
        BufferedWriter in = primary.outputWriter()) {
      int port = Integer.parseInt(out.readLine());
      say(in);
      assertThat(out.readLine()).isEqualTo("eaten");
      try (Client client = new Client(port)) {
        say(in);
        client.echo("in the end");
      }
    } // The end of its input is what its last line waits for.
    assertThat(primary.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(primary.exitValue()).isZero();
  }

  private static void say(BufferedWriter to) throws IOException {
    to.newLine();
    to.flush();
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
    Process primary = start(Primary.class, policy.name(), when);
    try (BufferedReader out = primary.inputReader()) {
      int port = Integer.parseInt(out.readLine());
      List<ProcessHandle> workers = primary.descendants().toList();
      primary.destroyForcibly();
      assertThat(primary.waitFor(60, TimeUnit.SECONDS)).isTrue();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> workers.stream().noneMatch(it -> ProcFile.of(it.pid()).isAlive()));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThatThrownBy(() -> Client.ask(port)).isInstanceOf(ConnectException.class));
    }
  }

  @Test
  void aPrimaryStaysUntilItsClusterIsClosed() throws Exception {
    Process primary = start(Primary.class, ClusterPolicy.SHARED.name(), "listening");
    try (BufferedReader out = primary.inputReader()) {
      int port = Integer.parseInt(out.readLine());
      assertThat(Client.ask(port)).isBetween(1, 2); // Though its main has returned.
      List<ProcessHandle> workers = primary.descendants().toList();
      primary.destroy();
      assertThat(primary.waitFor(60, TimeUnit.SECONDS)).isTrue();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> workers.stream().noneMatch(it -> ProcFile.of(it.pid()).isAlive()));
    }
  }
}
