package dev.forklab.fork.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.fork.data.Exit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskFailureTest {

  @Test
  void failureIsFoundBehindWhateverWrapsIt() {
    TaskFailure failure = new TaskFailure.Rejected(4);
    assertThat(TaskFailure.of(failure)).isSameAs(failure);
    assertThat(TaskFailure.of(new CompletionException(failure))).isSameAs(failure);
    assertThat(TaskFailure.of(new ExecutionException(new CompletionException(failure))))
        .isSameAs(failure);
    assertThat(TaskFailure.of(new CancellationException()))
        .isInstanceOf(TaskFailure.Cancelled.class);
  }

  @Test
  void whatComesFromNoPoolIsRefused() {
    assertThatThrownBy(() -> TaskFailure.of(new IllegalStateException("other")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
  }

  @Test
  void deadWorkerIsDescribedByItsExit() {
    assertThat(new TaskFailure.WorkerDied(42, Exit.withCode(3)))
        .hasMessage("worker 42 died while it held the task: it exited with code 3");
    assertThat(Exit.bySignal("SIGKILL").describe()).isEqualTo("SIGKILL killed it");
    assertThat(Exit.UNKNOWN.describe()).isEqualTo("its exit status is unknown");
    assertThatThrownBy(() -> new Exit(OptionalInt.of(1), Optional.of("SIGKILL")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void localFailureKeepsTheOriginalAsItsCause() {
    IllegalStateException original = new IllegalStateException("original");
    TaskFailure.Threw threw = TaskFailure.Threw.local(original);
    assertThat(threw).hasCause(original);
    assertThat(threw.thrownStack()).containsExactly(original.getStackTrace());
  }

  /// A harness sends what a trial threw to its own process so.
  @ParameterizedTest
  @MethodSource("failures")
  void everyFailureCanBeSerialized(TaskFailure failure) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      TaskFailure read = (TaskFailure) in.readObject();
      assertThat(read).hasMessage(failure.getMessage()).hasSameClassAs(failure);
      if (failure instanceof TaskFailure.WorkerDied died) {
        assertThat(((TaskFailure.WorkerDied) read).exit()).isEqualTo(died.exit());
      }
      if (failure instanceof TaskFailure.Threw threw) {
        assertThat(((TaskFailure.Threw) read).thrownStack()).isEqualTo(threw.thrownStack());
      }
    }
  }

  static Stream<TaskFailure> failures() {
    return Stream.of(
        TaskFailure.Threw.local(new IllegalStateException("why")),
        TaskFailure.Threw.remote("x.Y", null, List.of(), null),
        new TaskFailure.WorkerDied(42, Exit.withCode(3)),
        new TaskFailure.WorkerDied(42, Exit.bySignal("SIGKILL")),
        new TaskFailure.WorkerDied(42, Exit.UNKNOWN),
        new TaskFailure.TimedOut(Duration.ofSeconds(1)),
        TaskFailure.of(new CancellationException()),
        new TaskFailure.Rejected(4),
        new TaskFailure.PoolClosed("the pool is closed"));
  }
}
