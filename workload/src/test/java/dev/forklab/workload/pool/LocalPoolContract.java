package dev.forklab.workload.pool;

import static dev.forklab.workload.pool.Awaiting.PATIENCE;
import static dev.forklab.workload.pool.Awaiting.exists;
import static dev.forklab.workload.pool.Awaiting.failureOf;
import static dev.forklab.workload.pool.Awaiting.replyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.pool.CloseReport;
import dev.forklab.fork.pool.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What holds, beyond the contract of every pool, where the workers are threads of this JVM: tasks
/// can be interrupted, and cannot be stopped if they will not listen.
public abstract class LocalPoolContract extends WorkerPoolContract {

  @Test
  void cancelledTaskIsInterruptedAndItsWorkerIsFree() throws Exception {
    WorkerPool pool = open(options(1));
    CompletableFuture<byte[]> held = submitHeld(pool, "held");
    held.cancel(true);
    assertThat(replyOf(pool.submit(new byte[] {1, 2}))).containsExactly(2, 1);
  }

  @Test
  void cancelWithoutInterruptLetsTheTaskRunToItsEnd() throws Exception {
    WorkerPool pool = open(options(1));
    CompletableFuture<byte[]> held = submitHeld(pool, "held");
    held.cancel(false);
    CompletableFuture<byte[]> next = pool.submit(Script.mark(path("next")));
    assertThat(next).isNotDone();
    assertThat(path("next")).doesNotExist();
    openGate();
    replyOf(next);
  }

  @Test
  void timedOutTaskIsInterruptedAndItsWorkerIsFree() throws Exception {
    WorkerPool pool = open(options(1).withTaskTimeout(Duration.ofMillis(100)));
    CompletableFuture<byte[]> held = submitHeld(pool, "held");
    assertThat(failureOf(held)).isInstanceOf(TaskFailure.TimedOut.class);
    assertThat(replyOf(pool.submit(new byte[] {1, 2}))).containsExactly(2, 1);
  }

  @Test
  void interruptOfOneTaskNeverReachesTheNext() throws Exception {
    WorkerPool pool = open(options(1).withQueueCapacity(4));
    List<CompletableFuture<byte[]>> kept = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      CompletableFuture<byte[]> cancelled = pool.submit(Script.listen());
      kept.add(pool.submit(Script.listen()));
      cancelled.cancel(true);
    }
    for (CompletableFuture<byte[]> future : kept) {
      assertThat(replyOf(future)).asString(UTF_8).isEqualTo("no interrupt");
    }
  }

  @Test
  void functionThatIsDeafToInterruptsIsReportedAsAStuckWorker() throws Exception {
    WorkerPool pool = open(options(2));
    CompletableFuture<byte[]> deaf = pool.submit(Script.spin(path("deaf"), gate()));
    exists(path("deaf"));
    CompletableFuture<byte[]> held = submitHeld(pool, "held");
    CloseReport report = pool.close(Duration.ZERO);
    assertThat(report).isEqualTo(new CloseReport(0, 2, 0, 1));
    assertThat(report.describe()).endsWith("1 worker ignored the interrupt and still runs");
    assertThat(failureOf(deaf)).isInstanceOf(TaskFailure.PoolClosed.class);
    assertThat(failureOf(held)).isInstanceOf(TaskFailure.PoolClosed.class);
  }

  @Test
  void futureThatItsOwnerCompletedIsNotRun() throws Exception {
    WorkerPool pool = open(options(1));
    submitHeld(pool, "held");
    CompletableFuture<byte[]> waiting = pool.submit(Script.mark(path("waiting")));
    waiting.complete(new byte[] {9});
    openGate();
    assertThat(pool.close(PATIENCE).lostAny()).isFalse();
    assertThat(replyOf(waiting)).containsExactly(9);
    assertThat(path("waiting")).doesNotExist();
  }

  @Test
  void workersAreThreadsOfThisProcessNamedAfterThePool() throws Exception {
    WorkerPool pool = open(options(1));
    assertThat(replyOf(pool.submit(Script.who())))
        .asString(UTF_8)
        .matches(ProcessHandle.current().pid() + " contract-\\d+");
  }

  @Test
  void stageThatBlocksAWorkerDelaysCloseNoLongerThanItsDeadlines() throws Exception {
    WorkerPool pool = open(options(1));
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<byte[]> held = submitHeld(pool, "held");
    CompletableFuture<Void> stage =
        held.thenRun(() -> {
          entered.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    openGate();
    entered.await(); // not the future: who waits for that may be made to run the stage
    assertThat(pool.close(Duration.ofMillis(50)).lostAny()).isFalse();
    Awaiting.settled(stage);
  }
}
