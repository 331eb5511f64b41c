package dev.forklab.fork.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.fork.NothingLeft;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every policy does.
@ExtendWith(NothingLeft.class)
@Timeout(120)
class ClusterContractTest {

  private static final int PATIENCE_SECONDS = 60;

  private final Told told = new Told();

  private Cluster start(Class<?> mainClass, int workers, ClusterPolicy policy) throws Exception {
    Cluster cluster = told.on(Cluster.of(mainClass, workers)).policy(policy).start();
    cluster.listening().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return cluster;
  }

  private static int port(Cluster cluster) {
    return cluster.address().getPort();
  }

  @ParameterizedTest
  @EnumSource(ClusterPolicy.class)
  @SuppressWarnings("try") // What has been closed must be gone.
  void allWorkersServeOnePortAndTheirEndsAreTold(ClusterPolicy policy) throws Exception {
    try (Cluster cluster = start(Workers.Echo.class, 2, policy)) {
      assertThat(told.lines())
          .containsExactlyInAnyOrder("online 1", "listening 1", "online 2", "listening 2");
      try (Client client = new Client(port(cluster))) {
        client.echo("a");
        client.echo("b");
      }
      assertThat(cluster.members()).hasSize(2);
      cluster.close();
      assertThatThrownBy(() -> Client.ask(port(cluster))).isInstanceOf(ConnectException.class);
      assertThat(cluster.members()).isEmpty();
      assertThat(told.lines())
          .contains(
              "disconnect 1",
              "disconnect 2",
              "exit 1: it exited with code 0",
              "exit 2: it exited with code 0");
      assertThat(told.troubles()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(ClusterPolicy.class)
  void aReloadReplacesEveryWorkerAndLetsConnectionsEnd(ClusterPolicy policy) throws Exception {
    try (Cluster cluster = start(Workers.Echo.class, 2, policy);
        Client old = new Client(port(cluster))) {
      old.echo("before");
      var reloaded = cluster.reload();
      told.awaitLine("listening 4");
      boolean closing = false;
      for (int i = 0; !closing; i++) {
        old.echo("after " + i);
        closing = old.isClosing();
      }
      reloaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(Client.ask(port(cluster))).isBetween(3, 4);
      assertThat(told.lines())
          .contains("exit 1: it exited with code 0", "exit 2: it exited with code 0");
    }
  }

  @ParameterizedTest
  @EnumSource(ClusterPolicy.class)
  void aKilledWorkerIsToldOnceAndReplaced(ClusterPolicy policy) throws Exception {
    try (Cluster cluster = start(Workers.Echo.class, 2, policy)) {
      ClusterMember first = cluster.members().getFirst();
      first.process().kill("SIGKILL");
      told.awaitLine("listening 3");
      assertThat(told.lines()).containsOnlyOnce("exit 1: SIGKILL killed it");
      assertThat(told.lines().stream().filter(line -> line.startsWith("exit"))).hasSize(1);
      assertThat(ask(cluster, 20)).isSubsetOf(2, 3);
    }
  }

  private static Set<Integer> ask(Cluster cluster, int times) throws Exception {
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < times; i++) {
      found.add(Client.ask(port(cluster)));
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource(ClusterPolicy.class)
  void aClusterGrowsAndShrinks(ClusterPolicy policy) throws Exception {
    try (Cluster cluster = start(Workers.Echo.class, 1, policy)) {
      cluster.scale(3).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(cluster.members()).extracting(ClusterMember::id).containsExactly(1, 2, 3);
      cluster.scale(1).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(cluster.members()).extracting(ClusterMember::id).containsExactly(1);
      assertThat(ask(cluster, 5)).containsExactly(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "ROUND_ROBIN"}) // Of the two ways to get a connection.
  void aDrainThatNeverEndsIsCutOff(ClusterPolicy policy) throws Exception {
    try (Cluster cluster =
        told.on(Cluster.of(Workers.Stubborn.class, 1))
            .policy(policy)
            .drain(Duration.ofMillis(200))
            .start()) {
      cluster.listening().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      cluster.reload().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(told.lines()).contains("exit 1: SIGKILL killed it", "listening 2");
      assertThat(Client.ask(port(cluster))).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "ROUND_ROBIN"}) // Of the two ways to get a connection.
  void messagesPassBothWaysAndDoNotKeepADrainedWorker(ClusterPolicy policy) throws Exception {
    try (Cluster cluster = start(Workers.Virtual.class, 1, policy)) {
      cluster.members().forEach(worker -> worker.send("word"));
      told.awaitLine("message 1: 1 heard word");
      try (Client client = new Client(port(cluster))) {
        client.echo("through a ServerSocket, on a virtual thread");
      }
      cluster.reload().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(told.lines())
          .contains(
              "message 1: draining: true",
              "message 1: too late to wait for it",
              "exit 1: it exited with code 0");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "ROUND_ROBIN"}) // Of the two ways to get a connection.
  void aWorkerIsToldThatItDrainsThoughItsMainHasReturned(ClusterPolicy policy) throws Exception {
    try (Cluster cluster = start(Workers.Hasty.class, 1, policy)) {
      cluster.reload().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(told.lines())
          .contains("message 1: main has returned", "exit 1: it exited with code 0");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "ROUND_ROBIN"}) // Of the two ways to get a connection.
  void aReloadWhoseNewWorkersEndLeavesTheOldOnes(ClusterPolicy policy) throws Exception {
    try (Cluster cluster =
        told.on(Cluster.of(Workers.OnlyFirst.class, 2))
            .policy(policy)
            .fork(dev.forklab.fork.ForkOptions.builder().args("2").build())
            .start()) {
      cluster.listening().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThatThrownBy(() -> cluster.reload().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasMessageContaining("the reload failed, and the old workers go on")
          .hasMessageContaining("it exited with code 7");
      assertThat(ask(cluster, 10)).isSubsetOf(1, 2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "ROUND_ROBIN"}) // Of the two ways to get a connection.
  void whatWaitsWhenTheClusterClosesIsToldSo(ClusterPolicy policy) throws Exception {
    List<Throwable> failures = new ArrayList<>();
    try (Cluster cluster = told.on(Cluster.of(Workers.Deaf.class, 1)).policy(policy).start()) {
      cluster.listening().whenComplete((_, e) -> failures.add(e));
      told.awaitLine("online 1");
    }
    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst()).hasMessageContaining("the cluster is closed");
  }
}
