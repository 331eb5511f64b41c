package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.Parent;
import dev.forklab.fork.data.Stdio;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What users of pools complain about, made impossible: the table in docs/design/fork.md names the
/// test of each.
@Timeout(90)
@ExtendWith(NothingLeft.class)
class PoolComplaintsTest {

  private static ForkPoolOptions<byte[], byte[]> options(int workers) {
    return ForkPool.with(Deeds.class).name("test").workers(workers);
  }

  private static byte[] say(String words) {
    return words.getBytes(UTF_8);
  }

  private static TaskFailure failure(CompletableFuture<byte[]> future) {
    return TaskFailure.of(catchThrowable(future::join));
  }

  @Test
  void healthyWorkersOnALoadedMachineAreNeverKilled() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> burners = new ArrayList<>();
    for (int i = 4 * Runtime.getRuntime().availableProcessors(); i > 0; i--) {
      burners.add(
          Thread.ofPlatform()
              .start(() -> {
                while (!over.get()) {
                  Thread.onSpinWait();
                }
              }));
    }
    try (ForkPool<byte[], byte[]> pool = options(2).open()) {
      List<CompletableFuture<byte[]>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(pool.submit(say("sleep 50")));
      }
      all.forEach(CompletableFuture::join);
      assertThat(pool.metrics().deaths() + pool.metrics().evicted()).isZero();
      assertThat(pool.metrics().restarts()).isZero();
    } finally {
      over.set(true);
      for (Thread burner : burners) {
        burner.join();
      }
    }
  }

  @Test
  void aWorkerThatStandsStillIsWaitedForWhileNoLimitSaysOtherwise() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      pool.submit(say("warm")).join();
      long pid = pool.pids().getFirst();
      Stopping.stop(pid);
      CompletableFuture<byte[]> held = pool.submit(say("fine"));
      // As long as another pool takes to start, to work and to end.
      try (ForkPool<byte[], byte[]> other = options(1).open()) {
        other.submit(say("fine")).join();
      }
      assertThat(held).isNotDone();
      Stopping.signal("-CONT", pid);
      assertThat(held.join()).isEqualTo(say("fine"));
      assertThat(pool.metrics().deaths()).isZero();
      assertThat(pool.pids()).containsExactly(pid);
    }
  }

  /// Tells with what flags the workers of its pool run.
  static final class Flags {
    static void main(String[] args) throws Exception {
      try (ForkPool<byte[], byte[]> pool = options(1).open()) {
        Parent.get().send(new String(pool.submit(say("flags")).join(), UTF_8));
      }
    }
  }

  /// The flags of workers whose parent finds these in its environment.
  private static String flagsOfWorkers(String javaToolOptions) throws Exception {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("JAVA_TOOL_OPTIONS", javaToolOptions);
    ChildProcess parent =
        Fork.fork(
            Flags.class,
            ForkOptions.builder()
                .stdio(Stdio.IGNORE, Stdio.IGNORE, Stdio.INHERIT)
                .env(environment)
                .execArgv("--enable-native-access=ALL-UNNAMED")
                .build());
    CompletableFuture<Object> flags = new CompletableFuture<>();
    parent.onMessage(flags::complete);
    parent.onClose(exit -> flags.completeExceptionally(new AssertionError("no flags: " + exit)));
    String found = String.valueOf(flags.get(60, TimeUnit.SECONDS));
    parent.closed().get(60, TimeUnit.SECONDS);
    return found;
  }

  @Test
  void aDebugPortInTheEnvironmentIsNotTheWorkersToo() throws Exception {
    String debugging =
        "-Dkept=yes -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";
    assertThat(flagsOfWorkers(debugging)).contains("-Dkept=yes").doesNotContain("jdwp");
  }

  @Test
  void aCollectorInTheEnvironmentIsTheOnlyOneThatWorkersAreTold() throws Exception {
    assertThat(flagsOfWorkers("-XX:+UseParallelGC"))
        .contains("-XX:+UseParallelGC")
        .doesNotContain("SerialGC");
  }

  @Test
  void aWorkerThatJustDiedIsNotGivenTasksAgain() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(2).open()) {
      for (int round = 0; round < 5; round++) {
        await().until(() -> pool.readyCount() == 2);
        List<Long> before = pool.pids();
        Stopping.signal("-KILL", before.getFirst());
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          all.add(pool.submit(say("pid")));
        }
        long lost = all.stream().filter(future -> catchThrowable(future::join) != null).count();
        // Only what the dead one may have started, which is one task at most.
        assertThat(lost).isLessThanOrEqualTo(1);
        await().until(() -> !pool.pids().contains(before.getFirst()));
      }
    }
  }

  @Test
  void aWorkerThatDiesBetweenTwoTasksCostsNone() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      for (int round = 0; round < 5; round++) {
        pool.submit(say("warm")).join();
        long pid = pool.pids().getFirst();
        Stopping.signal("-KILL", pid);
        await().until(() -> !pool.pids().contains(pid));
        assertThat(pool.submit(say("fine")).join()).isEqualTo(say("fine"));
      }
      assertThat(pool.metrics().workerDied()).isZero();
    }
  }

  @Test
  void aPoolWhoseWorkersAllCrashAtOnceGoesOn() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(3).open()) {
      List<CompletableFuture<byte[]>> fatal = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        fatal.add(pool.submit(say(i % 2 == 0 ? "halt 1" : "exit 2")));
      }
      fatal.forEach(
          future -> assertThat(failure(future)).isInstanceOf(TaskFailure.WorkerDied.class));
      assertThat(pool.submit(say("fine")).join()).isEqualTo(say("fine"));
      assertThat(pool.metrics().workerDied()).isEqualTo(9);
    }
  }

  @Test
  void aDrainLetsWhatWasTakenFinishAndLosesNothing(@TempDir Path directory) throws Exception {
    Path mark = directory.resolve("mark");
    List<CompletableFuture<byte[]>> all = new ArrayList<>();
    try (ForkPool<byte[], byte[]> pool = options(2).open()) {
      for (int i = 0; i < 30; i++) {
        all.add(pool.submit(say("mark " + mark)));
      }
      assertThat(pool.close(Duration.ofMinutes(1)).lostAny()).isFalse();
    }
    assertThat(all).allMatch(future -> future.isDone() && !future.isCompletedExceptionally());
    assertThat(Files.size(mark)).isEqualTo(30);
  }

  @Test
  void recyclingAfterEveryTaskLosesAndRepeatsNone(@TempDir Path directory) throws Exception {
    Path mark = directory.resolve("mark");
    ForkPoolOptions<byte[], byte[]> recycling = options(2).recycleAfter(1);
    try (ForkPool<byte[], byte[]> pool = recycling.open()) {
      List<CompletableFuture<byte[]>> all = new ArrayList<>();
      while (pool.metrics().recycled() < 4) {
        all.add(pool.submit(say("mark " + mark)));
      }
      all.forEach(CompletableFuture::join);
      assertThat(Files.size(mark)).isEqualTo(all.size());
      assertThat(pool.metrics().deaths()).isZero();
    }
  }
}
