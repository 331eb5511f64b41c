package dev.forklab.workload.pool;

import static dev.forklab.workload.pool.Awaiting.failureOf;
import static dev.forklab.workload.pool.Awaiting.replyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.pool.TaskFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A task that fails, fails alone, and says how.
interface FailureContract extends PoolUnderTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        IOException.class,
        AssertionError.class,
        InterruptedException.class,
        OutOfMemoryError.class,
      })
  default void whatTheTaskThrewArrivesWithClassMessageAndStack(Class<? extends Throwable> type)
      throws Exception {
    WorkerPool pool = open(options(1));
    TaskFailure.Threw threw = threw(pool.submit(Script.fail(type, "größer\n\"als\" 0")));
    assertThat(threw.thrownClass()).isEqualTo(type.getName());
    assertThat(threw.thrownMessage()).isEqualTo("größer\n\"als\" 0");
    StackTraceElement origin = threw.thrownStack().getFirst();
    assertThat(origin.getClassName()).isEqualTo(ScriptedWorkload.class.getName());
    assertThat(origin.getMethodName()).isEqualTo(ScriptedWorkload.THROWING_METHOD);
    assertThat(origin.getLineNumber()).isPositive();
    assertThat(threw).hasMessageContaining(type.getName());
    assertStillWorks(pool);
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalArgumentException.class, AssertionError.class})
  default void exceptionWithoutMessageArrivesWithoutMessage(Class<? extends Throwable> type)
      throws Exception {
    WorkerPool pool = open(options(1));
    TaskFailure.Threw threw = threw(pool.submit(Script.failSilently(type)));
    assertThat(threw.thrownClass()).isEqualTo(type.getName());
    assertThat(threw.thrownMessage()).isNull();
    assertStillWorks(pool);
  }

  @Test
  default void exceptionOfAClassThatOnlyTheWorkerHasArrives() throws Exception {
    WorkerPool pool = open(options(1));
    TaskFailure.Threw threw = threw(pool.submit(Script.failWithUnknownClass("far away")));
    assertThat(threw.thrownClass()).isEqualTo(ScriptedWorkload.UNKNOWN_CLASS);
    assertThat(threw.thrownMessage()).isEqualTo("far away");
    assertStillWorks(pool);
  }

  @Test
  default void exceptionWhoseMessageCannotBeReadArrives() throws Exception {
    WorkerPool pool = open(options(1));
    TaskFailure.Threw threw = threw(pool.submit(Script.failWithBrokenMessage()));
    assertThat(threw.thrownClass()).isEqualTo(ScriptedWorkload.BrokenException.class.getName());
    assertStillWorks(pool);
  }

  @Test
  default void stackOverflowFailsItsTaskOnly() throws Exception {
    WorkerPool pool = open(options(1));
    TaskFailure.Threw threw = threw(pool.submit(Script.overflowStack()));
    assertThat(threw.thrownClass()).isEqualTo(StackOverflowError.class.getName());
    assertThat(threw.thrownStack()).isNotEmpty();
    assertStillWorks(pool);
  }

  @Test
  default void workloadThatReturnsNothingFailsItsTask() throws Exception {
    WorkerPool pool = open(options(1));
    threw(pool.submit(Script.returnNothing()));
    assertStillWorks(pool);
  }

  @Test
  default void tasksBesideAFailingOneAreUntouched() throws Exception {
    WorkerPool pool = open(options(2));
    CompletableFuture<byte[]> before = pool.submit(new byte[] {1, 2});
    CompletableFuture<byte[]> failing = pool.submit(Script.fail(IOException.class, "alone"));
    CompletableFuture<byte[]> after = pool.submit(new byte[] {3, 4});
    threw(failing);
    assertThat(replyOf(before)).containsExactly(2, 1);
    assertThat(replyOf(after)).containsExactly(4, 3);
  }

  @Test
  default void stageThatThrowsHarmsNoWorker() throws Exception {
    WorkerPool pool = open(options(1));
    CompletableFuture<byte[]> task = pool.submit(new byte[1]);
    CompletableFuture<Object> stage =
        task.thenApply(reply -> {
          throw new IllegalStateException("the caller's own");
        });
    replyOf(task);
    Awaiting.settled(stage);
    assertStillWorks(pool);
  }

  @Test
  default void taskThatRunsTooLongTimesOutAndItsWorkerIsUsedAgain() throws Exception {
    WorkerPool pool = open(options(1).withTaskTimeout(Duration.ofSeconds(2)));
    CompletableFuture<byte[]> held = submitHeld(pool, "held");
    assertThat(failureOf(held)).isInstanceOf(TaskFailure.TimedOut.class);
    assertThat(failureOf(held)).hasMessageContaining("2000 ms");
    openGate();
    CompletableFuture<byte[]> next = pool.submit(new byte[] {1, 2});
    assertThat(replyOf(next)).containsExactly(2, 1);
  }

  @Test
  default void timeSpentWaitingDoesNotCountAgainstATask() throws Exception {
    WorkerPool pool = open(options(1).withTaskTimeout(Duration.ofSeconds(3)));
    CompletableFuture<byte[]> first = pool.submit(Script.spin(path("first"), gate()));
    CompletableFuture<byte[]> second = pool.submit(new byte[] {1, 2});
    assertThat(failureOf(first)).isInstanceOf(TaskFailure.TimedOut.class);
    openGate();
    assertThat(replyOf(second)).containsExactly(2, 1);
  }

  private static TaskFailure.Threw threw(CompletableFuture<byte[]> future) {
    TaskFailure failure = failureOf(future);
    assertThat(failure).isInstanceOf(TaskFailure.Threw.class);
    return (TaskFailure.Threw) failure;
  }

  private static void assertStillWorks(WorkerPool pool) throws Exception {
    assertThat(replyOf(pool.submit(new byte[] {1, 2, 3}))).containsExactly(3, 2, 1);
  }

  @Test
  default void whatATaskLeavesOnItsThreadIsNotForTheNext() throws Exception {
    WorkerPool pool = open(options(1));
    for (int i = 0; i < 3; i++) {
      replyOf(pool.submit(Script.litter()));
      assertThat(replyOf(pool.submit(Script.state()))).asString(UTF_8).isEqualTo("clean");
    }
  }
}
