package dev.forklab.workload.pool;

import static dev.forklab.workload.pool.Awaiting.exists;
import static dev.forklab.workload.pool.Awaiting.failureOf;
import static dev.forklab.workload.pool.Awaiting.replyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.fork.pool.CloseReport;
import dev.forklab.fork.pool.TaskFailure;
import dev.forklab.fork.pool.WhenFull;
import dev.forklab.workload.pool.Awaiting.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// The queue is bounded, and a full one pushes back.
interface QueueContract extends PoolUnderTest {

  @Test
  default void fullQueueRejectsIfSoConfiguredUntilThereIsRoomAgain() throws Exception {
    WorkerPool pool = open(options(2).withQueueCapacity(3).withWhenFull(WhenFull.REJECT));
    List<CompletableFuture<byte[]>> taken = new ArrayList<>();
    taken.add(submitHeld(pool, "first"));
    taken.add(submitHeld(pool, "second"));
    for (int i = 0; i < 3; i++) {
      taken.add(pool.submit(new byte[] {1}));
    }
    CompletableFuture<byte[]> oneTooMany = pool.submit(Script.mark(path("one too many")));
    assertThat(oneTooMany).isCompletedExceptionally();
    assertThat(failureOf(oneTooMany))
        .isInstanceOf(TaskFailure.Rejected.class)
        .hasMessageContaining("3 tasks wait");
    openGate();
    for (CompletableFuture<byte[]> task : taken) {
      replyOf(task);
    }
    replyOf(pool.submit(new byte[] {2}));
    assertThat(path("one too many")).doesNotExist();
  }

  @Test
  default void submitBlocksWhileTheQueueIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    WorkerPool pool = open(options(1).withQueueCapacity(2));
    submitHeld(pool, "held");
    pool.submit(new byte[] {1});
    pool.submit(new byte[] {2});
    Call<CompletableFuture<byte[]>> blocked =
        Call.start(() -> pool.submit(Script.mark(path("blocked")))).awaitBlocked();
    assertThat(blocked.hasReturned()).isFalse();
    assertThat(path("blocked")).doesNotExist();
    openGate();
    replyOf(blocked.result());
    exists(path("blocked"));
  }

  @Test
  default void submitThatBlocksCanBeInterruptedAndItsTaskWasNotTaken() throws Exception {
    WorkerPool pool = open(options(1).withQueueCapacity(1));
    submitHeld(pool, "held");
    CompletableFuture<byte[]> waiting = pool.submit(new byte[] {1, 2});
    Call<CompletableFuture<byte[]>> blocked =
        Call.start(() -> pool.submit(Script.mark(path("blocked")))).awaitBlocked();
    blocked.interrupt();
    assertThatThrownBy(blocked::result)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    openGate();
    assertThat(replyOf(waiting)).containsExactly(2, 1);
    assertThat(pool.close(Awaiting.PATIENCE).lostAny()).isFalse();
    assertThat(path("blocked")).doesNotExist();
  }

  @Test
  default void submitThatBlocksCompletesWhenThePoolCloses() throws Exception {
    WorkerPool pool = open(options(1).withQueueCapacity(1));
    submitHeld(pool, "held");
    pool.submit(new byte[] {1});
    Call<CompletableFuture<byte[]>> blocked =
        Call.start(() -> pool.submit(Script.mark(path("blocked")))).awaitBlocked();
    CloseReport report = pool.close(Duration.ZERO);
    assertThat(report.lostRunning()).isEqualTo(1);
    assertThat(report.lostQueued()).as("the one that was taken").isEqualTo(1);
    assertThat(failureOf(blocked.result())).isInstanceOf(TaskFailure.PoolClosed.class);
    assertThat(path("blocked")).doesNotExist();
  }

  @Test
  default void replyThatWasSeenHasMadeRoom() throws Exception {
    WorkerPool pool = open(options(1).withQueueCapacity(1).withWhenFull(WhenFull.REJECT));
    for (int i = 0; i < 200; i++) {
      CompletableFuture<byte[]> first = pool.submit(new byte[] {1});
      CompletableFuture<byte[]> second = pool.submit(new byte[] {2});
      replyOf(first);
      replyOf(second);
    }
  }

  @Test
  default void stagesThatSubmitToTheirFullPoolDoNotHangIt() throws Exception {
    WorkerPool pool = open(options(2).withQueueCapacity(2));
    List<CompletableFuture<byte[]>> chains = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      chains.add(
          pool.submit(new byte[] {1}).thenCompose(_ -> next(pool)).thenCompose(_ -> next(pool)));
    }
    for (CompletableFuture<byte[]> chain : chains) {
      replyOf(chain);
    }
  }

  private static CompletableFuture<byte[]> next(WorkerPool pool) {
    try {
      return pool.submit(new byte[] {2});
    } catch (InterruptedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
