package dev.forklab.workload.pool;

import static dev.forklab.workload.pool.Awaiting.PATIENCE;
import static dev.forklab.workload.pool.Awaiting.failureOf;
import static dev.forklab.workload.pool.Awaiting.replyOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.pool.CloseReport;
import dev.forklab.fork.pool.TaskFailure;
import dev.forklab.fork.pool.WhenFull;
import dev.forklab.workload.pool.Awaiting.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Closing drains, stops, and says what was lost.
interface CloseContract extends PoolUnderTest {

  @Test
  default void idlePoolClosesWithNothingLost() {
    assertThat(open(options(2)).close(PATIENCE)).isEqualTo(new CloseReport(0, 0, 0));
  }

  @Test
  default void tasksThatWereDoneBeforeCloseAreNotReported() throws Exception {
    WorkerPool pool = open(options(1));
    replyOf(pool.submit(new byte[] {1}));
    failureOf(pool.submit(Script.fail(IllegalStateException.class, "before close")));
    assertThat(pool.close(PATIENCE)).isEqualTo(new CloseReport(0, 0, 0));
  }

  @Test
  default void closeLetsTheTasksTakenFinish() throws Exception {
    WorkerPool pool = fullPool();
    Call<CloseReport> closing = Call.start(() -> pool.close(PATIENCE));
    awaitClosing(pool);
    assertThat(closing.hasReturned()).isFalse();
    openGate();
    assertThat(closing.result()).isEqualTo(new CloseReport(3, 0, 0));
    assertThat(path("waiting")).exists();
  }

  @Test
  default void closeAtOnceSaysWhatWasLost() throws Exception {
    WorkerPool pool = open(options(2));
    CompletableFuture<byte[]> first = submitHeld(pool, "first");
    CompletableFuture<byte[]> second = submitHeld(pool, "second");
    List<CompletableFuture<byte[]>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(pool.submit(Script.mark(path("waiting " + i))));
    }
    CloseReport report = pool.close(Duration.ZERO);
    assertThat(report).isEqualTo(new CloseReport(0, 2, 5));
    assertThat(report.describe())
        .isEqualTo("closed: 0 finished, 2 lost while running, 5 lost before they ran");
    assertThat(failureOf(first)).isInstanceOf(TaskFailure.PoolClosed.class);
    assertThat(failureOf(second)).isInstanceOf(TaskFailure.PoolClosed.class);
    for (int i = 0; i < 5; i++) {
      assertThat(failureOf(waiting.get(i))).isInstanceOf(TaskFailure.PoolClosed.class);
      assertThat(path("waiting " + i)).doesNotExist();
    }
  }

  @Test
  default void closeStopsWhatIsLeftAtItsDeadline() throws Exception {
    WorkerPool pool = open(options(1));
    CompletableFuture<byte[]> held = submitHeld(pool, "held");
    assertThat(pool.close(Duration.ofMillis(50))).isEqualTo(new CloseReport(0, 1, 0));
    assertThat(failureOf(held)).isInstanceOf(TaskFailure.PoolClosed.class);
  }

  @Test
  default void closeThatIsInterruptedStopsTheRestAndStaysInterrupted() throws Exception {
    WorkerPool pool = fullPool();
    Call<Boolean> closing =
        Call.start(() -> {
          CloseReport report = pool.close(PATIENCE);
          assertThat(report).isEqualTo(new CloseReport(0, 1, 2));
          return Thread.interrupted();
        });
    awaitClosing(pool);
    closing.interrupt();
    assertThat(closing.result()).isTrue();
  }

  @Test
  default void everyCloseGivesTheOneReport() throws Exception {
    WorkerPool pool = open(options(1));
    submitHeld(pool, "held");
    pool.submit(new byte[] {1});
    List<Call<CloseReport>> closers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      closers.add(Call.start(() -> pool.close(Duration.ZERO)));
    }
    for (Call<CloseReport> closer : closers) {
      assertThat(closer.result()).isEqualTo(new CloseReport(0, 1, 1));
    }
    assertThat(pool.close(PATIENCE)).isEqualTo(new CloseReport(0, 1, 1));
    pool.close();
  }

  @Test
  default void closedPoolTakesNoTasks() throws Exception {
    WorkerPool pool = open(options(1));
    pool.close(PATIENCE);
    CompletableFuture<byte[]> late = pool.submit(new byte[] {1});
    assertThat(late).isCompletedExceptionally();
    assertThat(failureOf(late))
        .isInstanceOf(TaskFailure.PoolClosed.class)
        .hasMessageContaining("contract");
  }

  @Test
  default void everyFutureCompletesWhenSubmittersAndCloseRace() throws Exception {
    WorkerPool pool = open(options(2).withQueueCapacity(4));
    List<Call<List<CompletableFuture<byte[]>>>> submitters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      submitters.add(Call.start(() -> submitUntilClosed(pool)));
    }
    replyOf(pool.submit(new byte[] {1}));
    CloseReport report = pool.close(Duration.ZERO);
    int closed = 0;
    for (Call<List<CompletableFuture<byte[]>>> submitter : submitters) {
      for (CompletableFuture<byte[]> future : submitter.result()) {
        Awaiting.settled(future);
        closed += future.isCompletedExceptionally() ? 1 : 0;
      }
    }
    assertThat(closed)
        .as("the lost ones, and each submitter's last")
        .isBetween(
            report.lostQueued() + report.lostRunning(),
            report.lostQueued() + report.lostRunning() + submitters.size());
  }

  private static List<CompletableFuture<byte[]>> submitUntilClosed(WorkerPool pool)
      throws InterruptedException {
    List<CompletableFuture<byte[]>> futures = new ArrayList<>();
    while (true) {
      CompletableFuture<byte[]> future = pool.submit(new byte[] {1, 2, 3});
      futures.add(future);
      if (future.isCompletedExceptionally()) {
        return futures;
      }
    }
  }

  /// One worker that is held and two tasks that wait, which is as many as may.
  private WorkerPool fullPool() throws InterruptedException {
    WorkerPool pool = open(options(1).withQueueCapacity(2).withWhenFull(WhenFull.REJECT));
    submitHeld(pool, "held");
    pool.submit(Script.mark(path("waiting")));
    pool.submit(new byte[] {1});
    return pool;
  }

  /// A full pool rejects; one that has begun to close says so instead.
  private static void awaitClosing(WorkerPool pool) {
    Awaiting.until(
        "close has begun",
        () -> failureOf(pool.submit(new byte[] {2})) instanceof TaskFailure.PoolClosed);
  }
}
