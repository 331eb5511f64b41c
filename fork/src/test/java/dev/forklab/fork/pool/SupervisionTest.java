package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.NothingLeft;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(90)
@ExtendWith(NothingLeft.class)
class SupervisionTest {

  private static ForkPoolOptions<byte[], byte[]> options(int workers) {
    return ForkPool.with(Deeds.class).name("test").workers(workers);
  }

  private static byte[] say(String words) {
    return words.getBytes(UTF_8);
  }

  private static TaskFailure failure(CompletableFuture<byte[]> future) {
    return TaskFailure.of(catchThrowable(future::join));
  }

  private static long pid(ForkPool<byte[], byte[]> pool) throws Exception {
    return Long.parseLong(new String(pool.submit(say("pid")).join(), UTF_8));
  }

  @Test
  void aPoolWhoseWorkersKeepDyingFailsInWordsInsteadOfLooping() throws Exception {
    List<String> troubles = new CopyOnWriteArrayList<>();
    RestartPolicy strict =
        RestartPolicy.forWorkers(1)
            .withMaxDeaths(2, Duration.ofMinutes(1))
            .withAtLimit(RestartPolicy.AtLimit.FAIL)
            .withOnTrouble(troubles::add);
    try (ForkPool<byte[], byte[]> pool = options(1).restarts(strict).open()) {
      for (int i = 0; i < 3; i++) {
        killIdle(pool);
      }
      assertThat(failure(pool.submit(say("fine"))))
          .isInstanceOf(TaskFailure.PoolClosed.class)
          .hasMessageContaining("3 children died within PT1M")
          .hasMessageContaining("SIGKILL killed it");
      await().until(() -> troubles.size() == 1);
      assertThat(pool.metrics().restartLimits()).isOne();
    }
  }

  /// Waits for a worker that has nothing to do, and kills it: it dies by itself.
  private static void killIdle(ForkPool<byte[], byte[]> pool) throws Exception {
    await().until(() -> pool.readyCount() == 1);
    long pid = pool.pids().getFirst();
    Stopping.signal("-KILL", pid);
    await().until(() -> !pool.pids().contains(pid));
  }

  @Test
  void aPoolAtItsLimitGoesOnAndSaysSo() throws Exception {
    List<String> troubles = new CopyOnWriteArrayList<>();
    RestartPolicy service =
        RestartPolicy.forWorkers(1)
            .withMaxDeaths(1, Duration.ofMinutes(1))
            .withBackoff(Duration.ofMillis(1), Duration.ofMillis(10))
            .withOnTrouble(troubles::add);
    try (ForkPool<byte[], byte[]> pool = options(1).restarts(service).open()) {
      for (int i = 0; i < 4; i++) {
        killIdle(pool);
      }
      assertThat(pool.submit(say("fine")).join()).isEqualTo(say("fine"));
      assertThat(troubles)
          .singleElement()
          .asString()
          .contains("keeps trying, every PT0.01S", "2 children died within PT1M");
      assertThat(pool.metrics().restartLimits()).isOne();
    }
  }

  @Test
  void workersThatDieOfTheirTasksNeverBringThePoolToItsLimit() throws Exception {
    RestartPolicy strict =
        RestartPolicy.forWorkers(1)
            .withMaxDeaths(0, Duration.ofMinutes(1))
            .withAtLimit(RestartPolicy.AtLimit.FAIL);
    try (ForkPool<byte[], byte[]> pool = options(1).restarts(strict).open()) {
      for (String bad : List.of("exit 1", "halt 2", "exit 3", "halt 4")) {
        assertThat(failure(pool.submit(say(bad)))).isInstanceOf(TaskFailure.WorkerDied.class);
      }
      assertThat(pool.submit(say("fine")).join()).isEqualTo(say("fine"));
      assertThat(pool.metrics().deaths()).isEqualTo(4);
      assertThat(pool.metrics().restartLimits()).isZero();
    }
  }

  @Test
  void aStoppedWorkerIsNoticedByTheDeadlineOfItsTask() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      long pid = pid(pool);
      Stopping.stop(pid);
      TaskOptions limit = TaskOptions.DEFAULT.withLimit(Duration.ofMillis(300));
      assertThat(failure(pool.submit(say("fine"), limit))).isInstanceOf(TaskFailure.TimedOut.class);
      assertThat(pid(pool)).isNotEqualTo(pid);
    }
  }

  @Test
  void aCancelOfARunningTaskEndsItsWorkerAndNoOtherTask() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      long pid = pid(pool);
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<byte[]> endless =
          pool.submit(say("reports"), TaskOptions.DEFAULT.withProgress(_ -> begun.countDown()));
      CompletableFuture<byte[]> behind = pool.submit(say("pid"));
      begun.await();
      endless.cancel(true);
      assertThat(Long.parseLong(new String(behind.join(), UTF_8))).isNotEqualTo(pid);
      assertThat(pool.metrics().evicted()).isOne();
      assertThat(pool.metrics().cancelled()).isOne();
    }
  }

  @Test
  void retryIsOptInAndAKillerTaskIsQuarantinedAfterItsBound(@TempDir Path directory)
      throws Exception {
    Path mark = directory.resolve("mark");
    ForkPoolOptions<byte[], byte[]> retrying = options(1).retries(2);
    try (ForkPool<byte[], byte[]> pool = retrying.open()) {
      CompletableFuture<byte[]> killer = pool.submit(say("die " + mark));
      assertThat(failure(killer)).isInstanceOf(TaskFailure.WorkerDied.class);
      assertThat(mark).hasContent("xxx");
      assertThat(pool.metrics().retried()).isEqualTo(2);
    }
    Files.delete(mark);
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      assertThat(failure(pool.submit(say("die " + mark))))
          .isInstanceOf(TaskFailure.WorkerDied.class);
      assertThat(mark).hasContent("x");
    }
  }

  @Test
  void workersAreRecycledAfterSoManyTasksWithoutALostTask() throws Exception {
    ForkPoolOptions<byte[], byte[]> recycling = options(2).recycleAfter(20);
    try (ForkPool<byte[], byte[]> pool = recycling.open()) {
      Set<Long> pids = new HashSet<>();
      while (pool.metrics().recycled() < 4) {
        pids.add(pid(pool));
      }
      await().until(() -> pool.pids().size() == 2);
      pids.add(pid(pool));
      assertThat(pids).hasSizeGreaterThan(2);
      assertThat(pool.metrics().workerDied()).isZero();
      assertThat(pool.metrics().deaths()).isZero();
    }
  }

  @Test
  void aWarmSpareTakesTheDeadOnesPlace() throws Exception {
    List<Worker> started = new CopyOnWriteArrayList<>();
    Supervisor.Starter noting =
        (slot, options, events) -> {
          Worker worker = Worker.start(slot, options, events);
          started.add(worker);
          return worker;
        };
    try (ForkPool<byte[], byte[]> pool = pool(options(1).spares(1), noting)) {
      long first = pid(pool);
      await().until(() -> started.size() == 2 && started.stream().allMatch(Worker::isUp));
      List<Long> before = pool.pids();
      assertThat(before).hasSize(2).contains(first);
      Stopping.signal("-KILL", first);
      await().until(() -> !pool.pids().contains(first));
      assertThat(pid(pool)).isIn(before);
    }
  }

  private interface Deed {
    void run() throws Exception;
  }

  /// What threads that end by it throw meanwhile: nothing of it is printed.
  private static List<Throwable> uncaught(Deed deed) throws Exception {
    List<Throwable> all = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> all.add(thrown));
    try {
      deed.run();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(usual);
    }
    return all;
  }

  private static ForkPool<byte[], byte[]> pool(
      ForkPoolOptions<byte[], byte[]> options, Supervisor.Starter starter) throws IOException {
    return new ForkPool<>(options, starter);
  }

  @Test
  void aPoolWhoseSupervisorFailsSaysSoAndCanBeClosed() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    Supervisor.Starter breaking =
        (slot, options, events) -> {
          if (broken.get()) {
            throw new IllegalStateException("broken");
          }
          return Worker.start(slot, options, events);
        };
    List<Throwable> thrown =
        uncaught(() -> {
          try (ForkPool<byte[], byte[]> pool = pool(options(2), breaking)) {
            await().until(() -> pool.readyCount() == 2);
            CompletableFuture<byte[]> spinning = pool.submit(say("spin"));
            broken.set(true);
            Stopping.signal("-KILL", pool.pids().getLast());
            assertThat(spinning).failsWithin(Duration.ofSeconds(30));
            assertThat(failure(pool.submit(say("fine"))))
                .isInstanceOf(TaskFailure.PoolClosed.class)
                .hasMessageContaining("its supervisor met")
                .hasMessageContaining("broken");
          }
        });
    assertThat(thrown).singleElement().hasToString("java.lang.IllegalStateException: broken");
  }

  @Test
  void aWorkerThatCannotBeWatchedIsEndedAndThePoolCanBeClosed() throws Exception {
    AtomicInteger started = new AtomicInteger();
    Supervisor.Starter unwatchable =
        (slot, options, events) -> {
          Worker worker = Worker.start(slot, options, events);
          if (started.incrementAndGet() == 2) {
            events.of(worker);
            worker.process.begin(); // So that it cannot be begun again.
          }
          return worker;
        };
    List<Throwable> thrown =
        uncaught(() -> {
          ForkPool<byte[], byte[]> pool = pool(options(2), unwatchable);
          await().dontCatchUncaughtExceptions().until(() -> pool.pids().isEmpty());
          assertThat(pool.close(Duration.ZERO).lostAny()).isFalse();
        });
    assertThat(thrown).singleElement().isInstanceOf(IllegalThreadStateException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // What is wrong here is the point.
  void aCloseThatFailsIsNotWaitedForByTheNext() throws Exception {
    ForkPool<byte[], byte[]> pool = options(1).open();
    assertThatThrownBy(() -> pool.close(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> pool.close(Duration.ZERO))
        .hasRootCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void limitsBeyondAllTimeAreNone() throws Exception {
    Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
    ForkPoolOptions<byte[], byte[]> patient =
        options(1)
            .startTimeout(ages)
            .grace(ages)
            .restarts(
                RestartPolicy.forWorkers(1)
                    .withMaxDeaths(9, ages)
                    .withBackoff(ages, Duration.ofMillis(1)))
            .recycleAfter(2)
            .cancelPatience(ages);
    ForkPoolOptions<byte[], byte[]> endless = patient.taskTimeout(ages.minusNanos(1));
    try (ForkPool<byte[], byte[]> pool = endless.open()) {
      failure(pool.submit(say("halt 1")));
      failure(pool.submit(say("halt 1")));
      CompletableFuture<byte[]> cancelled = pool.submit(say("sleep 20"));
      cancelled.cancel(true);
      while (pool.metrics().recycled() < 2) {
        assertThat(
                pool.submit(
                        say("fine"),
                        TaskOptions.DEFAULT.withLimit(Duration.ofNanos(Long.MAX_VALUE - 1)))
                    .join())
            .isEqualTo(say("fine"));
      }
      assertThat(pool.metrics().deaths()).isEqualTo(2);
      assertThat(pool.metrics().evicted()).isZero();
    }
  }

  /// A reply that this process has no memory for, while it is told so.
  public record Reply(long pid) {
    private static final AtomicBoolean NO_MEMORY = new AtomicBoolean();

    public Reply {
      if (NO_MEMORY.getAndSet(false)) {
        throw new OutOfMemoryError("Java heap space");
      }
    }
  }

  /// Who does it.
  public static final class Who implements Task<String, Reply> {
    @Override
    public Reply run(String request, TaskContext context) {
      return new Reply(ProcessHandle.current().pid());
    }
  }

  @Test
  void aReplyThatCannotBeHeldFailsItsTaskAndNoOther() throws Exception {
    try (ForkPool<String, Reply> pool = ForkPool.of(Who.class, 1)) {
      long pid = pool.submit("who").join().pid();
      Reply.NO_MEMORY.set(true);
      CompletableFuture<Reply> lost = pool.submit("who");
      assertThat(lost).failsWithin(Duration.ofSeconds(30));
      assertThat(TaskFailure.of(catchThrowable(lost::join)))
          .hasRootCauseInstanceOf(OutOfMemoryError.class);
      assertThat(pool.submit("who").join().pid()).isEqualTo(pid);
    }
  }

  @Test
  void startsThatFailForAMomentAreTriedAgainAndHarmNoOtherWorker() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    Supervisor.Starter shortOfProcesses =
        (slot, options, events) -> {
          if (refusals.getAndDecrement() > 0) {
            throw new IOException("Resource temporarily unavailable");
          }
          return Worker.start(slot, options, events);
        };
    try (ForkPool<byte[], byte[]> pool = pool(options(2), shortOfProcesses)) {
      await().until(() -> pool.readyCount() == 2);
      long survivor = pool.pids().getLast();
      refusals.set(4);
      Stopping.signal("-KILL", pool.pids().getFirst());
      await().until(() -> refusals.get() < 0 && pool.readyCount() == 2);
      assertThat(pool.pids()).contains(survivor);
      assertThat(pool.submit(say("fine")).join()).isEqualTo(say("fine"));
    }
  }

  @Test
  void aPoolThatCanStartNoWorkerAnyMoreFailsInWords() throws Exception {
    AtomicBoolean refuses = new AtomicBoolean();
    Supervisor.Starter shortOfProcesses =
        (slot, options, events) -> {
          if (refuses.get()) {
            throw new IOException("Resource temporarily unavailable");
          }
          return Worker.start(slot, options, events);
        };
    RestartPolicy failing = RestartPolicy.forWorkers(1).withAtLimit(RestartPolicy.AtLimit.FAIL);
    try (ForkPool<byte[], byte[]> pool = pool(options(1).restarts(failing), shortOfProcesses)) {
      await().until(() -> pool.readyCount() == 1);
      refuses.set(true);
      Stopping.signal("-KILL", pool.pids().getFirst());
      await().until(() -> pool.pids().isEmpty());
      assertThat(failure(pool.submit(say("fine"))))
          .isInstanceOf(TaskFailure.PoolClosed.class)
          .hasMessageContaining("3 children in a row ended before they were ready")
          .hasMessageContaining("could not be started: Resource temporarily unavailable");
    }
  }

  /// Ends its process while a file of that name is there.
  public static final class HaltWhileMarked extends Deeds {
    @Override
    public void start(WorkerContext worker) {
      if (Files.exists(Path.of(worker.args().getFirst()))) {
        Runtime.getRuntime().halt(1);
      }
    }
  }

  /// Fails while a file of that name is there.
  public static final class ThrowWhileMarked extends Deeds {
    @Override
    public void start(WorkerContext worker) {
      if (Files.exists(Path.of(worker.args().getFirst()))) {
        throw new IllegalStateException("marked");
      }
    }
  }

  /// Holds its process up while a file of that name is there.
  public static final class WaitWhileMarked extends Deeds {
    @Override
    public void start(WorkerContext worker) {
      while (Files.exists(Path.of(worker.args().getFirst()))) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aPoolSaysWhenAllItsWorkersAreReady(@TempDir Path directory) throws Exception {
    Path mark = Files.createFile(directory.resolve("mark"));
    try (ForkPool<byte[], byte[]> pool =
        ForkPool.with(WaitWhileMarked.class).args(mark.toString()).workers(2).open()) {
      assertThat(pool.awaitReady(Duration.ofMillis(1))).isFalse();
      Files.delete(mark);
      assertThat(pool.awaitReady(Duration.ofMinutes(1))).isTrue();
      assertThat(pool.readyCount()).isEqualTo(2);
    }
  }

  @Test
  void aPoolThatFailsIsNotWaitedFor(@TempDir Path directory) throws Exception {
    Path mark = Files.createFile(directory.resolve("mark"));
    try (ForkPool<byte[], byte[]> pool =
        ForkPool.with(ThrowWhileMarked.class).args(mark.toString()).workers(2).open()) {
      assertThat(pool.awaitReady(Duration.ofMinutes(1))).isFalse();
    }
  }

  static List<Class<? extends Task<byte[], byte[]>>> failingStarts() {
    return List.of(HaltWhileMarked.class, ThrowWhileMarked.class);
  }

  @ParameterizedTest
  @MethodSource("failingStarts")
  void aHealthyWorkerKeepsThePoolWhileReplacementsOfAnotherFailToStart(
      Class<? extends Task<byte[], byte[]>> task, @TempDir Path directory) throws Exception {
    Path mark = directory.resolve("mark");
    RestartPolicy quick =
        RestartPolicy.forWorkers(2)
            .withMaxDeaths(1000, Duration.ofMinutes(1))
            .withBackoff(Duration.ofMillis(1), Duration.ofMillis(1));
    try (ForkPool<byte[], byte[]> pool =
        ForkPool.with(task).args(mark.toString()).workers(2).restarts(quick).open()) {
      await().until(() -> pool.readyCount() == 2);
      Files.createFile(mark);
      Stopping.signal("-KILL", pool.pids().getFirst());
      await().until(() -> pool.metrics().deaths() > 4);
      assertThat(pid(pool)).isIn(pool.pids());
      Files.delete(mark);
      await().until(() -> pool.readyCount() == 2);
    }
  }

  @Test
  void aWorkerThatWritesGarbageIsReplacedAndOnlyItsTaskFails() throws Exception {
    ForkPoolOptions<byte[], byte[]> allowed =
        options(1).execArgv("--enable-native-access=ALL-UNNAMED");
    try (ForkPool<byte[], byte[]> pool = allowed.open()) {
      CompletableFuture<byte[]> garbage = pool.submit(say("garbage"));
      CompletableFuture<byte[]> behind = pool.submit(say("fine"));
      assertThat(failure(garbage)).isInstanceOf(TaskFailure.WorkerDied.class);
      assertThat(failure(garbage).getSuppressed()[0]).hasMessageContaining("header of a frame");
      assertThat(behind.join()).isEqualTo(say("fine"));
    }
  }

  @Test
  void aRunningTaskTellsItsSubmitterHowFarItIs() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      List<String> heard = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
      pool.submit(
              say("progress 1000"),
              TaskOptions.DEFAULT.withProgress(step -> heard.add((String) step)))
          .join();
      assertThat(heard).hasSize(1000).startsWith("0", "1").endsWith("999");
    }
  }

  @Test
  void metricsCountWaitsAndRuns() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      for (int i = 0; i < 10; i++) {
        pool.submit(say("fine")).join();
      }
      awaitCounted(pool, 10);
      PoolMetrics metrics = pool.metrics();
      assertThat(metrics.runs().count()).isEqualTo(10);
      assertThat(metrics.waits().count()).isEqualTo(10);
      assertThat(metrics.runs().percentileNanos(0.5)).isPositive();
      assertThat(metrics.queued() + metrics.running()).isZero();
    }
  }

  @Test
  void aTasksOwnLimitEndsItAndMayBeLongerOrShorterThanThePools(@TempDir Path directory)
      throws Exception {
    Path go = directory.resolve("go");
    ForkPoolOptions<byte[], byte[]> base = options(1);
    try (ForkPool<byte[], byte[]> pool = base.taskTimeout(Duration.ofSeconds(1)).open()) {
      CompletableFuture<byte[]> spinning =
          pool.submit(say("spin"), TaskOptions.DEFAULT.withLimit(Duration.ofMillis(100)));
      CompletableFuture<byte[]> patient =
          pool.submit(say("await " + go), TaskOptions.DEFAULT.withLimit(Duration.ofMinutes(10)));
      assertThat(failure(spinning))
          .isInstanceOf(TaskFailure.TimedOut.class)
          .hasMessageContaining("100 ms");
      // The pool's own limit runs out for another task meanwhile, in another worker's place.
      try (ForkPool<byte[], byte[]> other = base.taskTimeout(Duration.ofSeconds(1)).open()) {
        assertThat(failure(other.submit(say("spin")))).isInstanceOf(TaskFailure.TimedOut.class);
      }
      assertThat(patient).isNotDone();
      Files.createFile(go);
      assertThat(patient.join()).isEqualTo(say("await " + go));
      assertThat(pool.metrics().timedOut()).isOne();
    }
  }

  @Test
  void theLimitOfATaskBehindAnotherIsKeptThoughTheOneBeforeHadNone() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      pool.submit(say("warm")).join();
      CompletableFuture<byte[]> first = pool.submit(say("sleep 50"));
      CompletableFuture<byte[]> second =
          pool.submit(say("spin"), TaskOptions.DEFAULT.withLimit(Duration.ofMillis(200)));
      first.join();
      assertThat(failure(second)).isInstanceOf(TaskFailure.TimedOut.class);
    }
  }

  @Test
  void aTaskThatEndsAsItsLimitRunsOutDoesNotFreeTheNextOneOfItsLimit() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      pool.submit(say("warm")).join();
      for (int i = 0; i < 5; i++) {
        TaskOptions limit = TaskOptions.DEFAULT.withLimit(Duration.ofMillis(20));
        CompletableFuture<byte[]> brief = pool.submit(say("sleep 20"), limit);
        CompletableFuture<byte[]> spinning = pool.submit(say("spin"), limit);
        assertThat(failure(spinning)).isInstanceOf(TaskFailure.TimedOut.class);
        assertThat(brief).isDone();
      }
    }
  }

  @Test
  void recyclingNeverDipsBelowTheWorkersAskedFor() throws Exception {
    ForkPoolOptions<byte[], byte[]> recycling = options(2).recycleAfter(10);
    try (ForkPool<byte[], byte[]> pool = recycling.open()) {
      await().until(() -> pool.readyCount() == 2);
      while (pool.metrics().recycled() < 6) {
        pool.submit(say("fine")).join();
        assertThat(pool.readyCount()).isGreaterThanOrEqualTo(2);
      }
      awaitCounted(pool, pool.metrics().submitted());
    }
  }

  /// A future's owner may go on a moment before its task is counted.
  private static void awaitCounted(ForkPool<?, ?> pool, long tasks) {
    await().untilAsserted(() -> assertThat(pool.metrics().succeeded()).isEqualTo(tasks));
  }

  @Test
  void aWorkerAboveItsMemoryLimitIsRecycled() throws Exception {
    ForkPoolOptions<byte[], byte[]> recycling =
        options(1).execArgv("-Xmx512m").recycleAbove(200 << 20);
    try (ForkPool<byte[], byte[]> pool = recycling.open()) {
      long first = pid(pool);
      pool.submit(say("hold " + (250 << 20))).join();
      await().until(() -> !pool.pids().contains(first));
      assertThat(pool.metrics().recycled()).isOne();
      assertThat(pool.metrics().deaths()).isZero();
    }
  }

  @Test
  void aMemoryLimitBelowAFreshWorkerFailsThePoolInWordsInsteadOfLooping() throws Exception {
    ForkPoolOptions<byte[], byte[]> recycling = options(1).recycleAbove(1);
    try (ForkPool<byte[], byte[]> pool = recycling.open()) {
      assertThat(failure(pool.submit(say("fine"))))
          .isInstanceOf(TaskFailure.PoolClosed.class)
          .hasMessageContaining("before its first task, more than the 1 above which");
      assertThat(pool.metrics().recycled()).isZero();
    }
  }

  @Test
  void aRecycledWorkerThatStandsStillIsEndedAllTheSame() throws Exception {
    ForkPoolOptions<byte[], byte[]> recycling =
        options(1).recycleAfter(1).grace(Duration.ofMillis(200));
    try (ForkPool<byte[], byte[]> pool = recycling.open()) {
      long first = pid(pool);
      Stopping.stop(first);
      await().until(() -> !pool.pids().contains(first));
      assertThat(pool.submit(say("fine")).join()).isEqualTo(say("fine"));
      assertThat(pool.metrics().deaths()).isZero();
    }
  }

  @Test
  void metricsAreShownOverJmxWhenAskedForAndUntilTheClose() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("dev.forklab:type=ForkPool,name=\"test\"");
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      assertThat(server.isRegistered(name)).isFalse();
      pool.showInJmx();
      pool.submit(say("fine")).join();
      failure(pool.submit(say("halt 3")));
      await().until(() -> metrics(server, name).get("restarts").equals(1L));
      CompositeData metrics = metrics(server, name);
      assertThat(metrics.get("submitted")).isEqualTo(2L);
      assertThat(metrics.get("succeeded")).isEqualTo(1L);
      assertThat(metrics.get("workerDied")).isEqualTo(1L);
      assertThat(metrics.get("deaths")).isEqualTo(1L);
      assertThat((long) server.getAttribute(name, "RunNanos99")).isPositive();
    }
    assertThat(server.isRegistered(name)).isFalse();
  }

  private static CompositeData metrics(MBeanServer server, ObjectName name) throws JMException {
    return (CompositeData) server.getAttribute(name, "Metrics");
  }
}
