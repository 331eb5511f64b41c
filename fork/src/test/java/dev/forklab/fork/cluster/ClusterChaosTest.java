package dev.forklab.fork.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.pool.RestartPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that send without a pause while workers are killed, reloaded and scaled at random:
/// nothing is refused, and no connection is lost but those that a killed worker had accepted.
///
/// `-Dforklab.cluster.requests=100000` makes it long, `-Dforklab.cluster.seed=N` repeats a run.
@ExtendWith(NothingLeft.class)
@Timeout(1800)
class ClusterChaosTest {

  private static final int REQUESTS = Integer.getInteger("forklab.cluster.requests", 3_000);
  private static final long SEED = Long.getLong("forklab.cluster.seed", System.nanoTime());
  private static final int CLIENTS = 8;
  private static final int WORKERS = 3;
  private static final int MOST_ON_ONE = 6;

  /// Disturbances come faster than a worker starts in a short run, and at this many requests.
  private static final int REQUESTS_BETWEEN = 250;

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger lostUngreeted = new AtomicInteger();
  private final List<Integer> lostBy = Collections.synchronizedList(new ArrayList<>());
  private final Set<Integer> killed = ConcurrentHashMap.newKeySet();

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "ROUND_ROBIN", "BY_ADDRESS"})
  void nothingIsRefusedAndOnlyKilledWorkersLoseConnections(ClusterPolicy policy) throws Exception {
    RestartPolicy restarts =
        RestartPolicy.forWorkers(WORKERS)
            .withMaxDeaths(Integer.MAX_VALUE - 1, Duration.ofSeconds(1))
            .withBackoff(Duration.ofMillis(5), Duration.ofMillis(50));
    Told told = new Told();
    try (Cluster cluster =
        told.on(Cluster.of(Workers.Echo.class, WORKERS))
            .policy(policy)
            .restarts(restarts)
            .start()) {
      cluster.listening().get(60, TimeUnit.SECONDS);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int seed = i;
        clients.add(
            Thread.ofPlatform()
                .name("client " + i)
                .start(() -> send(cluster.address().getPort(), new Random(SEED + seed))));
      }
      disturb(cluster, new Random(SEED));
      for (Thread client : clients) {
        client.join();
      }
    }
    String run = "seed " + SEED + ", killed " + killed + ", lost by " + lostBy;
    assertThat(refused.get()).as("refused; %s", run).isZero();
    assertThat(answered.get() + lostBy.size() + lostUngreeted.get())
        .as("every request is answered or lost; %s", run)
        .isEqualTo(REQUESTS);
    assertThat(killed).as(run).containsAll(lostBy);
    assertThat(lostUngreeted.get())
        .as("lost between accept and greeting; %s", run)
        .isLessThanOrEqualTo(killed.size() * CLIENTS);
    for (int worker : killed) {
      assertThat(told.lines().stream().filter(line -> line.startsWith("exit " + worker + ":")))
          .as(run)
          .hasSize(1);
    }
  }

  private void send(int port, Random random) {
    while (sent.get() < REQUESTS) {
      int most = 1 + random.nextInt(MOST_ON_ONE);
      Client client;
      try {
        client = new Client(port);
      } catch (ConnectException _) {
        refused.incrementAndGet();
        sent.set(REQUESTS);
        return;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      sendOn(client, most);
    }
  }

  private void sendOn(Client client, int most) {
    int worker = 0;
    try (client) {
      for (int i = 0; i < most && !client.isClosing(); i++) {
        int number = sent.incrementAndGet();
        if (number > REQUESTS) {
          return;
        }
        worker = 0;
        worker = client.worker();
        client.echo("request " + number);
        answered.incrementAndGet();
      }
    } catch (IOException _) {
      if (worker == 0) {
        lostUngreeted.incrementAndGet();
      } else {
        lostBy.add(worker);
      }
    }
  }

  private void disturb(Cluster cluster, Random random) throws Exception {
    int next = REQUESTS_BETWEEN;
    while (sent.get() < REQUESTS) {
      int enough = Math.min(next, REQUESTS);
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> sent.get() >= enough);
      next = sent.get() + REQUESTS_BETWEEN;
      switch (random.nextInt(4)) {
        case 0, 1 -> kill(cluster, random);
        case 2 -> cluster.reload().handle((_, _) -> null).get(60, TimeUnit.SECONDS);
        default ->
            cluster
                .scale(2 + random.nextInt(WORKERS))
                .handle((_, _) -> null)
                .get(60, TimeUnit.SECONDS);
      }
    }
  }

  private void kill(Cluster cluster, Random random) {
    List<ClusterMember> members = cluster.members();
    if (!members.isEmpty()) {
      ClusterMember victim = members.get(random.nextInt(members.size()));
      killed.add(victim.id());
      victim.process().kill("SIGKILL");
    }
  }
}
