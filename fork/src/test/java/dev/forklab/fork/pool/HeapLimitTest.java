package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.Parent;
import dev.forklab.fork.data.Exit;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// The limit of a heap and what its end does, by the same names for a child and for a pool.
@Timeout(90)
@ExtendWith(NothingLeft.class)
class HeapLimitTest {

  private static final long LIMIT = 32 << 20;

  private static final ForkPoolOptions<byte[], byte[]> ONE =
      ForkPool.with(Deeds.class).name("test").workers(1).heapLimit(LIMIT);

  private static CompletableFuture<byte[]> ask(ForkPool<byte[], byte[]> pool, String words)
      throws Exception {
    return pool.submit(words.getBytes(UTF_8));
  }

  private static String pid(ForkPool<byte[], byte[]> pool) throws Exception {
    return new String(ask(pool, "pid").get(), UTF_8);
  }

  @Test
  void aTaskThatExhaustsTheHeapFailsWithThatAndItsWorkerGoesOn() throws Exception {
    try (ForkPool<byte[], byte[]> pool = ONE.open()) {
      String pid = pid(pool);
      Throwable failure = catchThrowable(ask(pool, "exhaust")::join);
      assertThat(TaskFailure.of(failure)).isInstanceOf(TaskFailure.Threw.class);
      assertThat(TaskFailure.of(failure)).hasMessageContaining("OutOfMemoryError");
      assertThat(pid(pool)).isEqualTo(pid);
    }
  }

  @Test
  void aWorkerThatIsToEndThenEndsAndIsReplaced() throws Exception {
    try (ForkPool<byte[], byte[]> pool = ONE.exitOnOutOfMemory(true).open()) {
      String pid = pid(pool);
      Throwable failure = catchThrowable(ask(pool, "exhaust")::join);
      assertThat(TaskFailure.of(failure)).isInstanceOf(TaskFailure.WorkerDied.class);
      assertThat(pid(pool)).isNotEqualTo(pid);
    }
  }

  @Test
  void aChildHasThemByTheSameNames() throws Exception {
    ForkOptions options = ForkOptions.builder().heapLimit(LIMIT).exitOnOutOfMemory(true).build();
    ChildProcess child = Fork.fork(Glutton.class, options);
    CompletableFuture<Object> heap = new CompletableFuture<>();
    CompletableFuture<Exit> exit = new CompletableFuture<>();
    child.onMessage(heap::complete);
    child.onExit(exit::complete);
    // What a survivor space takes is not counted.
    assertThat(((Number) heap.get(60, TimeUnit.SECONDS)).longValue())
        .isBetween(LIMIT * 7 / 8, LIMIT);
    child.send("eat");
    assertThat(exit).succeedsWithin(Duration.ofSeconds(60));
    assertThat(exit.join().code()).hasValue(3);
  }

  @Test
  void aHeapThatNoJvmStartsWithIsRefused() {
    assertThatThrownBy(() -> ONE.heapLimit(64))
        .hasMessage("expected a heap of at least 2097152 bytes, found 64");
    assertThatThrownBy(() -> ForkOptions.builder().heapLimit(64))
        .hasMessage("expected a heap of at least 2097152 bytes, found 64");
  }

  /// Says what its heap may grow to, and exhausts it when asked.
  static final class Glutton {
    static void main(String[] args) {
      Parent parent = Parent.get();
      parent.send(Runtime.getRuntime().maxMemory());
      parent.onMessage(_ -> {
        for (byte[][] all = {}; ; all[all.length - 1] = new byte[1 << 20]) {
          all = Arrays.copyOf(all, all.length + 1);
        }
      });
    }
  }
}
