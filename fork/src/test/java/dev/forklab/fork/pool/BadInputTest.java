package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.data.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// A service goes on whatever it is sent, and whatever its tasks and listeners do.
@Timeout(90)
@ExtendWith(NothingLeft.class)
class BadInputTest {

  private static ForkPoolOptions<byte[], byte[]> options(String... jvmArgs) {
    return ForkPool.with(Deeds.class)
        .name("test")
        .workers(1)
        .serialization(Serialization.ADVANCED)
        .execArgv(jvmArgs);
  }

  private static byte[] say(String words) {
    return words.getBytes(UTF_8);
  }

  private static TaskFailure failure(CompletableFuture<byte[]> future) {
    return TaskFailure.of(catchThrowable(future::join));
  }

  @Test
  void aMessageThatIsTooLongForAWorkersMemoryFailsAloneAndCostsNoWorker() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options("-Xmx32m").open()) {
      CompletableFuture<byte[]> before = pool.submit(say("fine"));
      CompletableFuture<byte[]> tooLong = pool.submit(new byte[70 << 20]);
      CompletableFuture<byte[]> after = pool.submit(say("fine"));
      assertThat(failure(tooLong))
          .isInstanceOfSatisfying(
              TaskFailure.Threw.class,
              threw -> assertThat(threw.thrownClass()).isEqualTo(OutOfMemoryError.class.getName()))
          .hasMessageContaining("no memory for a message as long as this");
      assertThat(before.join()).isEqualTo(say("fine"));
      assertThat(after.join()).isEqualTo(say("fine"));
      assertThat(pool.metrics().deaths()).isZero();
    }
  }

  @Test
  void aMessageThatWorkersDieOfIsGivenToThreeAtMost() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options("-Xmx32m", "-XX:+ExitOnOutOfMemoryError").open()) {
      assertThat(failure(pool.submit(new byte[70 << 20])))
          .isInstanceOf(TaskFailure.WorkerDied.class);
      assertThat(pool.metrics().deaths()).isEqualTo(Dispatcher.MAX_VAIN_DELIVERIES);
      assertThat(pool.submit(say("fine")).join()).isEqualTo(say("fine"));
    }
  }

  @Test
  void aTaskThatSaysUnaskedThatItWasCalledOffIsNotRunAgain() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options("--enable-native-access=ALL-UNNAMED").open()) {
      CompletableFuture<byte[]> liar = pool.submit(say("cancelled 1"));
      assertThat(failure(liar)).isInstanceOf(TaskFailure.WorkerDied.class);
      assertThat(failure(liar).getSuppressed()[0]).hasMessageContaining("found it called off");
      assertThat(pool.submit(say("fine")).join()).isEqualTo(say("fine"));
    }
  }

  @Test
  void aWorkerThatGreetsTwiceIsEnded() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options("--enable-native-access=ALL-UNNAMED").open()) {
      CompletableFuture<byte[]> liar = pool.submit(say("hello 1"));
      assertThat(failure(liar)).isInstanceOf(TaskFailure.WorkerDied.class);
      assertThat(failure(liar).getSuppressed()[0]).hasMessageContaining("found a second");
      assertThat(pool.submit(say("fine")).join()).isEqualTo(say("fine"));
    }
  }

  @Test
  void aLimitHoldsForATaskThatReportsFasterThanItsListenerHears() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options().open()) {
      pool.submit(say("warm")).join();
      TaskOptions reporting =
          TaskOptions.DEFAULT
              .withLimit(Duration.ofMillis(300))
              .withProgress(_ -> LockSupport.parkNanos(1_500_000));
      for (int i = 0; i < 4; i++) {
        assertThat(failure(pool.submit(say("reports"), reporting)))
            .isInstanceOf(TaskFailure.TimedOut.class);
      }
    }
  }

  @Test
  void aReplysStageThatLeavesItsThreadInterruptedHarmsNoOther() throws Exception {
    try (ForkPool<byte[], byte[]> pool = options().open()) {
      List<CompletableFuture<Boolean>> found = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        found.add(
            pool.submit(say("sleep 1"))
                .thenApply(_ -> {
                  boolean interrupted = Thread.currentThread().isInterrupted();
                  Thread.currentThread().interrupt();
                  return interrupted;
                }));
      }
      assertThat(found).allSatisfy(each -> assertThat(each.join()).isFalse());
      var _ = Thread.interrupted(); // A stage that came late ran here.
    }
  }
}
