package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.data.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Thousands of tasks while workers are killed, stopped, made to exit, to run out of memory or
/// stack, and to write garbage: every future completes, replies are right, counts add up, nothing
/// is left.
///
/// `-Dforklab.chaos.kills=10000` for the long version, with `-Dforklab.chaos.workers=12` so that
/// those which wait to be noticed do not hold up the rest.
@ExtendWith(NothingLeft.class)
class ChaosTest {

  private static final int DEFAULT_KILLS = 15;
  private static final int DEFAULT_WORKERS = 3;
  private static final int TASKS_PER_SIGNAL = 100;

  private enum Fate {
    ECHO("echo "),
    THROW("throw "),
    EXIT("exit 3"),
    HALT("halt 4"),
    OVERFLOW("overflow"),
    EXHAUST("exhaust"),
    SPIN("spin"),
    GARBAGE("garbage"),
    HALF("half"),
    FLOOD("flood");

    private final String words;

    Fate(String words) {
      this.words = words;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Sent(Fate fate, byte[] message, CompletableFuture<byte[]> future) {}

  private static ForkPoolOptions<byte[], byte[]> options() {
    int workers = Integer.getInteger("forklab.chaos.workers", DEFAULT_WORKERS);
    return ForkPool.with(Deeds.class)
        .name("chaos")
        .workers(workers)
        .taskTimeout(Duration.ofSeconds(3))
        .serialization(Serialization.ADVANCED)
        .execArgv("-Xmx32m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED")
        .grace(Duration.ofMillis(500))
        .restarts(
            RestartPolicy.forWorkers(workers)
                .withMaxDeaths(Integer.MAX_VALUE, Duration.ofSeconds(10))
                .withMaxFailedStarts(1000)
                .withBackoff(Duration.ZERO, Duration.ZERO));
  }

  @Test
  void everyFutureCompletesAndTheCountsAddUpWhateverHappensToTheWorkers() throws Exception {
    long seed = Long.getLong("forklab.chaos.seed", 42);
    int kills = Integer.getInteger("forklab.chaos.kills", DEFAULT_KILLS);
    SplittableRandom random = new SplittableRandom(seed);
    List<Sent> all = new ArrayList<>();
    PoolMetrics metrics;
    try (ForkPool<byte[], byte[]> pool = options().open()) {
      int done = 0;
      while (done < kills) {
        Sent sent = submit(pool, all.size(), random);
        all.add(sent);
        if (deadly(sent.fate)) {
          done++;
        } else if (all.size() % TASKS_PER_SIGNAL == 0) {
          String signal = all.size() / TASKS_PER_SIGNAL % 4 == 1 ? "-STOP" : "-KILL";
          done += signal(pool, signal, random) ? 1 : 0;
        }
      }
      for (Sent sent : all) {
        check(sent, seed);
      }
      await("seed " + seed).until(() -> pool.metrics().ended() == all.size());
      metrics = pool.metrics();
      assertThat(pool.close(Duration.ofSeconds(30)).lostAny()).isFalse();
    }
    assertThat(metrics.submitted()).as("seed %d", seed).isEqualTo(all.size());
    assertThat(metrics.ended()).as("seed %d", seed).isEqualTo(all.size());
    assertThat(counts(all)).as("seed %d", seed).isEqualTo(counts(metrics));
  }

  /// Each fate once, so that the short version knows them all, and then at random.
  private static Sent submit(ForkPool<byte[], byte[]> pool, int number, SplittableRandom random)
      throws Exception {
    Fate[] fates = Fate.values();
    Fate fate = random.nextInt(40) == 0 ? fates[random.nextInt(fates.length)] : Fate.ECHO;
    if (number < fates.length) {
      fate = fates[number];
    }
    byte[] message = (fate.words + (fate == Fate.ECHO ? random.nextLong() : "x")).getBytes(UTF_8);
    if (fate != Fate.ECHO && fate != Fate.THROW) {
      message = fate.words.getBytes(UTF_8);
    }
    return new Sent(fate, message, pool.submit(message));
  }

  private static boolean deadly(Fate fate) {
    return switch (fate) {
      case EXIT, HALT, SPIN, GARBAGE, HALF, FLOOD -> true;
      case ECHO, THROW, OVERFLOW, EXHAUST -> false;
    };
  }

  /// Kills or stops a worker from outside. A stopped one is noticed by its task's deadline.
  private static boolean signal(
      ForkPool<byte[], byte[]> pool, String signal, SplittableRandom random) throws Exception {
    List<Long> pids = pool.pids();
    if (pids.isEmpty()) {
      return false;
    }
    String pid = Long.toString(pids.get(random.nextInt(pids.size())));
    Process kill =
        new ProcessBuilder("kill", signal, pid)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return kill.waitFor() == 0;
  }

  private static void check(Sent sent, long seed) throws InterruptedException {
    try {
      byte[] reply = sent.future.get(120, java.util.concurrent.TimeUnit.SECONDS);
      assertThat(reply).as("seed %d", seed).isEqualTo(sent.message);
      assertThat(sent.fate).as("seed %d", seed).isEqualTo(Fate.ECHO);
    } catch (java.util.concurrent.ExecutionException e) {
      TaskFailure failure = TaskFailure.of(e);
      assertThat(failure)
          .as("seed %d, %s", seed, sent.fate)
          .isInstanceOfAny(
              TaskFailure.Threw.class, TaskFailure.WorkerDied.class, TaskFailure.TimedOut.class);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("seed " + seed + ": a " + sent.fate + " never completed", e);
    }
  }

  private enum Kind {
    SUCCEEDED,
    THREW,
    WORKER_DIED,
    TIMED_OUT
  }

  private static Map<Kind, Long> counts(PoolMetrics metrics) {
    return Map.of(
        Kind.SUCCEEDED, metrics.succeeded(),
        Kind.THREW, metrics.threw(),
        Kind.WORKER_DIED, metrics.workerDied(),
        Kind.TIMED_OUT, metrics.timedOut());
  }

  private static Map<Kind, Long> counts(List<Sent> all) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(kind, 0L);
    }
    for (Sent sent : all) {
      counts.merge(kindOf(sent.future), 1L, Long::sum);
    }
    return counts;
  }

  private static Kind kindOf(CompletableFuture<byte[]> future) {
    if (!future.isCompletedExceptionally()) {
      return Kind.SUCCEEDED;
    }
    return switch (TaskFailure.of(future.exceptionNow())) {
      case TaskFailure.Threw _ -> Kind.THREW;
      case TaskFailure.WorkerDied _ -> Kind.WORKER_DIED;
      case TaskFailure.TimedOut _ -> Kind.TIMED_OUT;
      case TaskFailure.Cancelled _, TaskFailure.Rejected _, TaskFailure.PoolClosed _ ->
          throw new AssertionError("nobody cancelled, rejected or closed");
    };
  }
}
