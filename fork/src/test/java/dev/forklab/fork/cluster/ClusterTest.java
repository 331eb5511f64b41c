package dev.forklab.fork.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.pool.RestartPolicy;
import dev.forklab.fork.pool.Stopping;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What goes wrong around a cluster, and what is of one policy only.
@ExtendWith(NothingLeft.class)
@Timeout(120)
class ClusterTest {

  private static final int PATIENCE_SECONDS = 60;

  private final Told told = new Told();

  private static Cluster begin(ClusterOptions options) throws Exception {
    Cluster cluster = options.start();
    cluster.listening().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return cluster;
  }

  private static int port(Cluster cluster) {
    return cluster.address().getPort();
  }

  // ---- Bad input ----

  @ParameterizedTest
  @EnumSource(ClusterPolicy.class)
  void aPortInUseIsSaidToTheCaller(ClusterPolicy policy) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
      assertThatThrownBy(
              () -> Cluster.of(Workers.Echo.class, 1).policy(policy).listen(address).start())
          .isInstanceOf(BindException.class)
          .hasMessage(
              "cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
    }
  }

  @Test
  void anAddressThatIsNotOursIsSaidToTheCaller() {
    assertThatThrownBy(() ->
            Cluster.of(Workers.Echo.class, 1).listen(new InetSocketAddress("192.0.2.1", 0)).start())
        .isInstanceOf(BindException.class)
        .hasMessage("cannot listen on 192.0.2.1:0: Cannot assign requested address");
    assertThatThrownBy(() ->
            Cluster.of(Workers.Echo.class, 1)
                .listen(InetSocketAddress.createUnresolved("no.such.host", 80))
                .start())
        .isInstanceOf(BindException.class)
        .hasMessageContaining("no such host is known");
  }

  @Test
  void optionsAreChecked() {
    ClusterOptions options = Cluster.of(Workers.Echo.class, 1);
    assertThatThrownBy(() -> Cluster.of(Workers.Echo.class, 0))
        .hasMessage("expected 1 to 1024 workers, found 0");
    assertThatThrownBy(() -> options.backlog(0))
        .hasMessage("expected a backlog of 1 or more, found 0");
    assertThatThrownBy(() -> options.drain(Duration.ZERO))
        .hasMessage("expected a positive drain time, found PT0S");
  }

  @Test
  void aProcessThatIsNotAWorkerIsTold() {
    assertThat(ClusterWorker.find()).isEmpty();
    assertThatThrownBy(ClusterWorker::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("start this class with Cluster.of");
  }

  @Test
  void whatWouldStarveOtherWorkersIsRefusedInWords() throws Exception {
    try (Cluster cluster = begin(told.on(Cluster.of(Workers.Selecting.class, 1)))) {
      await().until(() -> told.lines().size() >= 6);
      assertThat(told.lines())
          .anyMatch(line -> line.contains("UnsupportedOperation") && line.contains("starve"))
          .anyMatch(line -> line.contains("AlreadyBoundException"))
          .anyMatch(line -> line.contains("a cluster's listener has no timeout"))
          .anyMatch(line -> line.contains("IllegalBlockingModeException"));
      assertThat(Client.ask(port(cluster))).isEqualTo(1);
    }
  }

  // ---- Workers that fail ----

  @Test
  void aWorkerThatNeverListensIsKilledAndAClusterOfThemFailsInWords() throws Exception {
    try (Cluster cluster =
        told.on(Cluster.of(Workers.Deaf.class, 1)).startTimeout(Duration.ofMillis(700)).start()) {
      assertThatThrownBy(() -> cluster.ended().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasMessageContaining("the cluster failed: 3 children in a row ended before")
          .hasMessageContaining("it did not listen within PT0.7S; SIGKILL killed it");
      assertThatThrownBy(() -> cluster.listening().get())
          .hasMessageContaining("the cluster failed");
      assertThat(told.troubles()).hasSize(1);
      assertThatThrownBy(() -> Client.ask(port(cluster))).isInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> cluster.reload().get()).hasMessageContaining("the cluster");
    }
  }

  @Test
  void workersThatCannotBeStartedFailTheClusterInWords() throws Exception {
    ForkOptions noJava = ForkOptions.builder().execPath(Path.of("/no/such/java")).build();
    try (Cluster cluster = told.on(Cluster.of(Workers.Echo.class, 1)).fork(noJava).start()) {
      assertThatThrownBy(() -> cluster.listening().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasMessageContaining("/no/such/java");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "ROUND_ROBIN"})
  void connectionsWaitWhileNoWorkerLives(ClusterPolicy policy) throws Exception {
    RestartPolicy slow =
        RestartPolicy.forWorkers(1).withBackoff(Duration.ofSeconds(4), Duration.ofSeconds(4));
    try (Cluster cluster =
        begin(told.on(Cluster.of(Workers.Echo.class, 1)).policy(policy).restarts(slow))) {
      cluster.members().getFirst().process().kill("SIGKILL");
      told.awaitLine("listening 2"); // The first death is replaced at once, the next waits.
      cluster.members().getFirst().process().kill("SIGKILL");
      told.awaitLine("exit 2: SIGKILL killed it");
      try (Client client = new Client(port(cluster))) {
        assertThat(cluster.members()).isEmpty();
        assertThat(client.worker()).isEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUND_ROBIN", "BY_ADDRESS"})
  void aConnectionThatItsWorkerNeverTookIsPassedOn(ClusterPolicy policy) throws Exception {
    try (Cluster cluster = begin(told.on(Cluster.of(Workers.FirstIsIdle.class, 1)).policy(policy));
        Client one = new Client(port(cluster));
        Client two = new Client(port(cluster))) {
      cluster.members().getFirst().process().kill("SIGKILL");
      one.echo("still here");
      two.echo("here too");
      assertThat(one.worker()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "ROUND_ROBIN"})
  void aWorkerKilledWhileItHoldsConnectionsLosesOnlyThose(ClusterPolicy policy) throws Exception {
    try (Cluster cluster = begin(told.on(Cluster.of(Workers.Echo.class, 2)).policy(policy))) {
      Map<Integer, Client> held = new HashMap<>();
      while (held.size() < 2) {
        Client client = new Client(port(cluster));
        Client other = held.putIfAbsent(client.worker(), client);
        if (other != null) {
          client.close();
        }
      }
      cluster.members().getFirst().process().kill("SIGKILL");
      told.awaitLine("exit 1: SIGKILL killed it");
      try (Client lost = Objects.requireNonNull(held.get(1));
          Client kept = Objects.requireNonNull(held.get(2))) {
        assertThatThrownBy(() -> lost.echo("gone")).isInstanceOf(IOException.class);
        kept.echo("here");
      }
    }
  }

  @Test
  void aWorkerWithoutDescriptorsLeavesConnectionsToTheOthers(@TempDir Path directory)
      throws Exception {
    for (ClusterPolicy policy : List.of(ClusterPolicy.SHARED, ClusterPolicy.ROUND_ROBIN)) {
      Told heard = new Told();
      try (Cluster cluster =
          begin(
              heard
                  .on(Cluster.of(Workers.Hungry.class, 2))
                  .policy(policy)
                  .fork(fewDescriptors(directory)))) {
        await().until(() -> Client.ask(port(cluster)) == 1); // It has loaded what that takes.
        ClusterMember hungry = cluster.members().getFirst();
        hungry.send("eat");
        heard.awaitLine("message 1: eat");
        assertThat(tenByOthersThanFirst(port(cluster)))
            .as("%s", policy)
            .isGreaterThanOrEqualTo(policy == ClusterPolicy.SHARED ? 1 : 8);
        hungry.send("give back");
        heard.awaitLine("message 1: give back");
        await().until(() -> Client.ask(port(cluster)) == 1);
      }
    }
  }

  /// An accept of a shared socket that waits already has its descriptor, for the system reserves it
  /// beforehand; so the first worker may get one connection after the other, and not be able to
  /// serve it.
  private static int tenByOthersThanFirst(int port) throws Exception {
    List<Client> held = new ArrayList<>();
    int byOthers = 0;
    for (int i = 0; i < 10; i++) {
      held.add(new Client(port));
      try {
        held.getLast().echo("served");
        byOthers += held.getLast().worker() == 1 ? 0 : 1;
      } catch (IOException _) {
        // By the first, in vain.
      }
    }
    for (Client client : held) {
      client.close();
    }
    return byOthers;
  }

  private static ForkOptions fewDescriptors(Path directory) throws Exception {
    Path java = directory.resolve("java-of-few-descriptors");
    Path own = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(java, "#!/bin/sh\nulimit -n 200\nexec " + own + " \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    return ForkOptions.builder().execPath(java).build();
  }

  /// A stopped worker has room for 16; what comes after those is the other's.
  @Test
  void aStoppedWorkerHoldsUpNoMoreThanItsWindow() throws Exception {
    List<Client> waiting = new ArrayList<>();
    try (Cluster cluster =
        begin(told.on(Cluster.of(Workers.Echo.class, 2)).policy(ClusterPolicy.ROUND_ROBIN))) {
      ClusterMember first = cluster.members().getFirst();
      Stopping.stop(first.process().pid().orElseThrow());
      for (int i = 0; i < 50; i++) {
        waiting.add(new Client(port(cluster)));
      }
      for (Client client : waiting.subList(40, 50)) {
        assertThat(client.worker()).isEqualTo(2);
      }
      first.process().kill("SIGKILL");
      for (Client client : waiting) {
        assertThat(client.worker()).isIn(2, 3); // Those that it never took are passed on.
        client.close();
      }
    } finally {
      for (Client client : waiting) {
        client.close();
      }
    }
  }

  // ---- Who gets a connection ----

  @Test
  void roundRobinGivesEqualShares() throws Exception {
    try (Cluster cluster =
        begin(told.on(Cluster.of(Workers.Echo.class, 3)).policy(ClusterPolicy.ROUND_ROBIN))) {
      Map<Integer, Integer> shares = new HashMap<>();
      for (int i = 0; i < 30; i++) {
        shares.merge(Client.ask(port(cluster)), 1, Integer::sum);
      }
      assertThat(shares).isEqualTo(Map.of(1, 10, 2, 10, 3, 10));
    }
  }

  @Test
  void oneAddressStaysWithOneWorkerWhileTheClusterChanges() throws Exception {
    try (Cluster cluster =
        begin(told.on(Cluster.of(Workers.Echo.class, 3)).policy(ClusterPolicy.BY_ADDRESS))) {
      Map<Integer, Integer> owners = owners(cluster);
      assertThat(new HashSet<>(owners.values())).hasSizeGreaterThan(1);
      assertThat(owners(cluster)).isEqualTo(owners);
      cluster.scale(4).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Map<Integer, Integer> more = owners(cluster);
      more.forEach((address, owner) -> assertThat(owner).isIn(owners.get(address), 4));
    }
  }

  /// Of 24 addresses, each the last number of one.
  private static Map<Integer, Integer> owners(Cluster cluster) throws Exception {
    Map<Integer, Integer> owners = new HashMap<>();
    for (int last = 1; last <= 24; last++) {
      try (Client client =
          new Client(
              port(cluster), InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}))) {
        owners.put(last, client.worker());
      }
    }
    return owners;
  }
}
