package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.Parent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What waits behind a long task goes to another worker.
///
/// The long task ends when a file appears, which it does once all others have ended: if one of them
/// waited behind it, the test would never end.
@Timeout(90)
@ExtendWith(NothingLeft.class)
class RecallTest {

  @TempDir private Path directory;

  private static ForkPool<byte[], byte[]> pool(int workers, int prefetch) throws Exception {
    return ForkPool.with(Deeds.class).name("test").workers(workers).prefetch(prefetch).open();
  }

  private static byte[] say(String words) {
    return words.getBytes(UTF_8);
  }

  private CompletableFuture<byte[]> longTask(ForkPool<byte[], byte[]> pool) throws Exception {
    return pool.submit(say("await " + directory.resolve("go")));
  }

  private void endLongTasks() throws Exception {
    Files.createFile(directory.resolve("go"));
  }

  private static List<CompletableFuture<byte[]>> submit(
      ForkPool<byte[], byte[]> pool, int count, byte[] message) throws Exception {
    List<CompletableFuture<byte[]>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(pool.submit(message));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16})
  void noSmallTaskWaitsBehindAnEndlessOneAndEachRunsOnce(int prefetch) throws Exception {
    Path marks = directory.resolve("marks");
    try (ForkPool<byte[], byte[]> pool = pool(2, prefetch)) {
      CompletableFuture<byte[]> endless = longTask(pool);
      submit(pool, 20, say("mark " + marks)).forEach(CompletableFuture::join);
      assertThat(endless).isNotDone();
      endLongTasks();
      endless.join();
      submit(pool, 20, say("mark " + marks)).forEach(CompletableFuture::join);
      assertThat(Files.readString(marks)).isEqualTo("x".repeat(40));
      assertThat(pool.metrics().deaths() + pool.metrics().restarts()).isZero();
      await().untilAsserted(() -> assertThat(pool.metrics().succeeded()).isEqualTo(41));
    }
  }

  @Test
  void noLargeMessageWaitsBehindAnEndlessTask() throws Exception {
    byte[] large = new byte[4 << 20];
    try (ForkPool<byte[], byte[]> pool = pool(2, 2)) {
      CompletableFuture<byte[]> endless = longTask(pool);
      submit(pool, 6, large).forEach(reply -> assertThat(reply.join()).isEqualTo(large));
      assertThat(endless).isNotDone();
      endLongTasks();
      endless.join();
    }
  }

  @Test
  void whatWaitsBehindManyLongTasksIsDoneByTheFirstWorkerThatIsFree() throws Exception {
    try (ForkPool<byte[], byte[]> pool = pool(3, 4)) {
      List<CompletableFuture<byte[]>> endless = List.of(longTask(pool), longTask(pool));
      submit(pool, 50, say("fine")).forEach(CompletableFuture::join);
      assertThat(endless).noneMatch(CompletableFuture::isDone);
      endLongTasks();
      endless.forEach(CompletableFuture::join);
    }
  }

  @Test
  void whatWaitsBehindLongTasksCanBeCancelled() throws Exception {
    Path marks = directory.resolve("marks");
    try (ForkPool<byte[], byte[]> pool = pool(2, 2)) {
      List<CompletableFuture<byte[]>> endless = List.of(longTask(pool), longTask(pool));
      List<CompletableFuture<byte[]>> waiting = submit(pool, 4, say("mark " + marks));
      waiting.forEach(task -> assertThat(task.cancel(true)).isTrue());
      endLongTasks();
      endless.forEach(CompletableFuture::join);
      submit(pool, 4, say("fine")).forEach(CompletableFuture::join);
      assertThat(marks).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16})
  void whatIsGivenBackToTheWorkerThatItWasCalledBackFromRunsOnce(int prefetch) throws Exception {
    Path marks = directory.resolve("marks");
    try (ForkPool<byte[], byte[]> pool = pool(2, prefetch)) {
      // Before any worker is ready: the first takes a long task and those behind it, the other too.
      List<CompletableFuture<byte[]>> endless = new ArrayList<>();
      List<CompletableFuture<byte[]>> behind = new ArrayList<>();
      endless.add(longTask(pool));
      behind.addAll(submit(pool, prefetch - 1, say("mark " + marks)));
      endless.add(longTask(pool));
      behind.addAll(submit(pool, 31 - prefetch, say("mark " + marks)));
      await().until(() -> pool.metrics().recalled() >= 2);
      endLongTasks();
      endless.forEach(CompletableFuture::join);
      behind.forEach(CompletableFuture::join);
      submit(pool, 10, say("mark " + marks)).forEach(CompletableFuture::join);
      assertThat(Files.readString(marks)).isEqualTo("x".repeat(40));
      assertThat(pool.metrics().deaths() + pool.metrics().restarts()).isZero();
    }
  }

  /// A pool in a JVM that may not call the C library: it cannot stop its workers.
  static final class WithoutSignals {
    static void main(String[] args) throws Exception {
      try (ForkPool<byte[], byte[]> pool = pool(2, 2)) {
        List<CompletableFuture<byte[]>> all = submit(pool, 6, say("sleep 100"));
        all.forEach(CompletableFuture::join);
        Parent.get().send("%s %s".formatted(all.size(), pool.metrics().recalled()));
      }
    }
  }

  @Test
  void aPoolThatCannotStopItsWorkersGoesOn() throws Exception {
    try (ChildProcess parent =
        Fork.fork(
            WithoutSignals.class,
            ForkOptions.builder().execArgv("--illegal-native-access=deny").build())) {
      CompletableFuture<Object> said = new CompletableFuture<>();
      parent.onMessage(said::complete);
      parent.onClose(exit -> said.completeExceptionally(new AssertionError("" + exit)));
      assertThat(said.get(60, TimeUnit.SECONDS)).isEqualTo("6 0");
    }
  }
}
