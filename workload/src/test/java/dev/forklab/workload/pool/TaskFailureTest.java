package dev.forklab.workload.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.workload.pool.TaskFailure.ExitStatus;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

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
    assertThat(new TaskFailure.WorkerDied(42, ExitStatus.exited(3)))
        .hasMessage("worker 42 died while it held the task: it exited with code 3");
    assertThat(ExitStatus.killedBy(9).describe()).isEqualTo("signal 9 killed it");
    assertThat(new ExitStatus(OptionalInt.empty(), OptionalInt.empty()).describe())
        .isEqualTo("its exit status is unknown");
    assertThatThrownBy(() -> new ExitStatus(OptionalInt.of(1), OptionalInt.of(9)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void localFailureKeepsTheOriginalAsItsCause() {
    IllegalStateException original = new IllegalStateException("original");
    TaskFailure.Threw threw = TaskFailure.Threw.local(original);
    assertThat(threw).hasCause(original);
    assertThat(threw.thrownStack()).containsExactly(original.getStackTrace());
  }
}
