package dev.forklab.workload.pool;

import static dev.forklab.workload.pool.Awaiting.failureOf;
import static dev.forklab.workload.pool.Awaiting.replyOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.pool.CloseReport;
import dev.forklab.fork.pool.TaskFailure;
import dev.forklab.fork.pool.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The owner of a future can call its task off.
interface CancelContract extends PoolUnderTest {

  @Test
  default void waitingTaskThatIsCancelledNeverRuns() throws Exception {
    WorkerPool pool = open(options(1));
    CompletableFuture<byte[]> held = submitHeld(pool, "held");
    CompletableFuture<byte[]> next = pool.submit(Script.mark(path("next")));
    CompletableFuture<byte[]> middle = pool.submit(new byte[] {1, 2});
    CompletableFuture<byte[]> last = pool.submit(Script.mark(path("last")));
    assertThat(next.cancel(true)).isTrue();
    assertThat(last.cancel(false)).isTrue();
    openGate();
    replyOf(held);
    assertThat(replyOf(middle)).containsExactly(2, 1);
    assertThat(failureOf(next)).isInstanceOf(TaskFailure.Cancelled.class);
    assertThat(failureOf(last)).isInstanceOf(TaskFailure.Cancelled.class);
    assertThat(pool.close(Awaiting.PATIENCE)).isEqualTo(new CloseReport(0, 0, 0));
    assertThat(path("next")).doesNotExist();
    assertThat(path("last")).doesNotExist();
  }

  @Test
  default void waitingTaskThatIsCancelledMakesRoom() throws Exception {
    WorkerPool pool = open(options(1).withQueueCapacity(1).withWhenFull(WhenFull.REJECT));
    submitHeld(pool, "held");
    CompletableFuture<byte[]> waiting = pool.submit(new byte[] {1});
    assertThat(failureOf(pool.submit(new byte[] {2}))).isInstanceOf(TaskFailure.Rejected.class);
    waiting.cancel(true);
    CompletableFuture<byte[]> next = pool.submit(new byte[] {3, 4});
    openGate();
    assertThat(replyOf(next)).containsExactly(4, 3);
  }

  @Test
  default void workerOfARunningTaskThatIsCancelledIsUsedAgain() throws Exception {
    WorkerPool pool = open(options(1));
    CompletableFuture<byte[]> held = submitHeld(pool, "held");
    CompletableFuture<byte[]> next = pool.submit(new byte[] {1, 2});
    assertThat(held.cancel(true)).isTrue();
    assertThat(failureOf(held)).isInstanceOf(TaskFailure.Cancelled.class);
    openGate();
    assertThat(replyOf(next)).containsExactly(2, 1);
  }

  @Test
  default void taskThatIsDoneCannotBeCancelled() throws Exception {
    WorkerPool pool = open(options(1));
    CompletableFuture<byte[]> done = pool.submit(new byte[] {1, 2});
    replyOf(done);
    assertThat(done.cancel(true)).isFalse();
    assertThat(replyOf(done)).containsExactly(2, 1);
  }

  @Test
  default void taskThatIsCancelledCountsNowhereAtClose() throws Exception {
    WorkerPool pool = open(options(1));
    submitHeld(pool, "held");
    CompletableFuture<byte[]> waiting = pool.submit(new byte[] {1});
    pool.submit(new byte[] {2});
    waiting.cancel(true);
    assertThat(pool.close(Duration.ZERO)).isEqualTo(new CloseReport(0, 1, 1));
  }

  @Test
  default void cancelsAtAnyMomentDisturbNoOtherTask() throws Exception {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    WorkerPool pool = open(options(2).withQueueCapacity(8));
    List<CompletableFuture<byte[]>> kept = new ArrayList<>();
    List<CompletableFuture<byte[]>> cancelled = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      CompletableFuture<byte[]> future = pool.submit(new byte[] {(byte) i, 0});
      if (random.nextBoolean()) {
        future.cancel(random.nextBoolean());
        cancelled.add(future);
      } else {
        kept.add(future);
      }
    }
    for (CompletableFuture<byte[]> future : kept) {
      assertThat(replyOf(future)).as("seed %d", seed).hasSize(2);
    }
    cancelled.forEach(Awaiting::settled);
    assertThat(pool.close(Awaiting.PATIENCE).lostAny()).isFalse();
  }
}
