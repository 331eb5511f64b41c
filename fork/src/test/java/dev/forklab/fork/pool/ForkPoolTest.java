package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.data.Exit;
import dev.forklab.fork.data.MessageWork;
import dev.forklab.fork.data.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ForkPoolTest {

  private static ForkPoolOptions<byte[], byte[]> options(int workers) {
    return ForkPool.with(Deeds.class).name("test").workers(workers);
  }

  private static TaskFailure failure(CompletableFuture<byte[]> future) {
    return TaskFailure.of(catchThrowable(future::join));
  }

  private static byte[] say(String words) {
    return words.getBytes(UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Serialization.class)
  void messagesOfAllSizesComeBack(Serialization serialization) throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(2).serialization(serialization).open()) {
      for (int size : List.of(0, 1, 4, 64 << 10, 16 << 20)) {
        byte[] message = new byte[size];
        new Random(size).nextBytes(message);
        CompletableFuture<byte[]> a = pool.submit(message);
        CompletableFuture<byte[]> b = pool.submit(message);
        assertThat(a.join()).isEqualTo(message);
        assertThat(b.join()).isEqualTo(message);
      }
    }
  }

  /// Of each part there is enough here that a clock of 10 ms would see it.
  @ParameterizedTest
  @EnumSource(Serialization.class)
  void whatMessagesCostIsTimedAtBothEndsFromTheFirstQuestionOn(Serialization serialization)
      throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).serialization(serialization).open()) {
      byte[] message = new byte[1 << 20];
      assertThat(pool.submit(message).join()).isEqualTo(message);
      assertThat(pool.ownMessageWork()).isEqualTo(MessageWork.NONE);
      assertThat(pool.messageWork()).containsExactly(MessageWork.NONE);
      for (int i = 0; i < 50; i++) {
        pool.submit(message).join();
      }
      MessageWork own = pool.ownMessageWork();
      MessageWork worker = pool.messageWork().getFirst();
      assertThat(own.writeNanos()).isPositive();
      assertThat(own.readNanos()).isPositive();
      assertThat(own.taskNanos()).isZero();
      assertThat(worker.writeNanos()).isPositive();
      assertThat(worker.readNanos()).isPositive();
      if (serialization == Serialization.JSON) {
        assertThat(own.encodeNanos()).isPositive();
        assertThat(own.decodeNanos()).isPositive();
        assertThat(worker.encodeNanos()).isPositive();
        assertThat(worker.decodeNanos()).isPositive();
      }
    }
  }

  @Test
  void aTaskThatThrowsFailsAloneWithItsClassMessageAndStack() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      CompletableFuture<byte[]> bad = pool.submit(say("throw no luck"));
      CompletableFuture<byte[]> good = pool.submit(say("fine"));
      TaskFailure.Threw threw = (TaskFailure.Threw) failure(bad);
      assertThat(threw.thrownClass()).isEqualTo(IllegalStateException.class.getName());
      assertThat(threw.thrownMessage()).isEqualTo("no luck");
      assertThat(threw.thrownStack().getFirst().getClassName()).isEqualTo(Deeds.class.getName());
      assertThat(threw).rootCause().hasMessage("why");
      assertThat(good.join()).isEqualTo(say("fine"));
    }
  }

  @Test
  void aTaskThatThrowsMoreThanAFrameHoldsFailsAlone() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).maxMessageBytes(400).open()) {
      TaskFailure.Threw threw = (TaskFailure.Threw) failure(pool.submit(say("throw no luck")));
      assertThat(threw.thrownClass()).isEqualTo(IllegalStateException.class.getName());
      assertThat(threw.thrownMessage()).isEqualTo("no luck");
      assertThat(pool.submit(say("fine")).join()).isEqualTo(say("fine"));
      assertThat(pool.metrics().deaths()).isZero();
    }
  }

  @Test
  void anExitedWorkerFailsOnlyTheTaskThatRanAndIsReplaced() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      CompletableFuture<byte[]> fatal = pool.submit(say("exit 137"));
      CompletableFuture<byte[]> behind = pool.submit(say("fine"));
      TaskFailure.WorkerDied died = (TaskFailure.WorkerDied) failure(fatal);
      assertThat(died.exit()).isEqualTo(Exit.withCode(137));
      assertThat(behind.join()).isEqualTo(say("fine"));
    }
  }

  @Test
  void aKilledWorkerIsReportedWithItsSignal() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      long pid = Long.parseLong(new String(pool.submit(say("pid")).join(), UTF_8));
      assertThat(pool.pids()).containsExactly(pid);
      CompletableFuture<byte[]> spinning = pool.submit(say("spin"));
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      TaskFailure.WorkerDied died = (TaskFailure.WorkerDied) failure(spinning);
      assertThat(died.exit()).isEqualTo(Exit.bySignal("SIGKILL"));
      assertThat(died.pid()).isEqualTo(pid);
    }
  }

  @Test
  void aSpinningTaskIsEndedByItsDeadlineAndNoOtherTaskFails() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(1).taskTimeout(Duration.ofSeconds(3)).open()) {
      CompletableFuture<byte[]> spinning = pool.submit(say("spin"));
      CompletableFuture<byte[]> behind = pool.submit(say("fine"));
      assertThat(failure(spinning)).isInstanceOf(TaskFailure.TimedOut.class);
      assertThat(behind.join()).isEqualTo(say("fine"));
    }
  }

  @Test
  void aCancelledTaskThatWaitsInTheChannelNeverRuns(@TempDir Path directory) throws Exception {
    Path release = directory.resolve("release");
    Path mark = directory.resolve("mark");
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      pool.submit(say("warm")).join();
      CompletableFuture<byte[]> running = pool.submit(say("await " + release));
      CompletableFuture<byte[]> waiting = pool.submit(say("mark " + mark));
      waiting.cancel(true);
      Files.createFile(release);
      running.join();
      pool.submit(say("fine")).join();
      assertThat(mark).doesNotExist();
    }
  }

  @Test
  void closingWithTasksInFlightSaysWhatWasLost() throws Exception {
    CloseReport report;
    CompletableFuture<byte[]> running;
    CompletableFuture<byte[]> behind;
    try (ForkPool<byte[], byte[]> pool = options(1).open()) {
      pool.submit(say("warm")).join();
      running = pool.submit(say("spin"));
      behind = pool.submit(say("fine"));
      report = pool.close(Duration.ZERO);
    }
    assertThat(report).isEqualTo(new CloseReport(0, 1, 1));
    assertThat(failure(running)).isInstanceOf(TaskFailure.PoolClosed.class);
    assertThat(failure(behind)).isInstanceOf(TaskFailure.PoolClosed.class);
  }

  @Test
  void aPoolWhoseChildrenCannotStartFailsInWords() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(2).execArgv("-XX:NoSuchFlag=1").open()) {
      assertThat(failure(pool.submit(say("fine"))))
          .isInstanceOf(TaskFailure.PoolClosed.class)
          .hasMessageContaining("3 children in a row ended before they were ready");
    }
  }

  @Test
  void aPoolWhoseTaskCannotStartFailsInWords() throws Exception {
    try (ForkPool<byte[], byte[]> pool = ForkPool.of(Unstartable.class, 1)) {
      assertThat(failure(pool.submit(say("fine"))))
          .isInstanceOf(TaskFailure.PoolClosed.class)
          .hasMessageContaining("Unstartable")
          .hasMessageContaining("no model at /none");
    }
  }

  /// Never starts.
  public static final class Unstartable extends Deeds {
    @Override
    public void start(WorkerContext worker) throws IOException {
      throw new IOException("no model at /none");
    }
  }

  @Test
  void eachWorkerTellsItsHeap() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options(2).open()) {
      CompletableFuture<byte[]> a = pool.submit(say("fine"));
      CompletableFuture<byte[]> b = pool.submit(say("fine"));
      CompletableFuture.allOf(a, b).join();
      assertThat(pool.stats().stream().flatMap(stats -> stats.heap().stream()))
          .isNotEmpty()
          .allSatisfy(heap -> assertThat(heap.usedBytes()).isPositive());
    }
  }

  @Test
  void eachWorkerTellsWhatItsJvmWasGiven() throws Exception {
    ForkPoolOptions<byte[], byte[]> small = options(2).execArgv("-Xmx48m", "-XX:+UseSerialGC");
    try (ForkPool<byte[], byte[]> pool = small.open()) {
      await().until(() -> pool.jvms().size() == 2);
      assertThat(pool.jvms())
          .allSatisfy(jvm -> {
            assertThat(jvm.version()).isEqualTo(Runtime.version().toString());
            assertThat(jvm.collector()).isEqualTo("Copy, MarkSweepCompact");
            assertThat(jvm.maxHeapBytes()).isBetween(40L << 20, 48L << 20);
            assertThat(jvm.cpus()).isEqualTo(Runtime.getRuntime().availableProcessors());
          });
    }
  }
}
