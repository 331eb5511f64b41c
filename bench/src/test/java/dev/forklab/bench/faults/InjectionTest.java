package dev.forklab.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.pool.TaskFailure;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How often a task with a fault is delivered, by a service that the test speaks for.
class InjectionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String REFUSED = String.valueOf(new TaskFailure.Rejected(64));
  private static final double FEW_PER_SECOND = 0.001;

  private final ServiceTasks tasks = ServiceTasks.of(FaultPlans.tiny());
  private final RequestLog log = new RequestLog(tasks);

  @TempDir private Path directory = Path.of("");
  private @Nullable ServiceClient listening;
  private @Nullable FakeService connected;

  @BeforeEach
  void connect() throws Exception {
    Path socket = directory.resolve("s");
    listening = ServiceClient.at(socket, log);
    connected = FakeService.connect(socket, tasks);
    await().atMost(PATIENCE).until(() -> client().current() != null);
  }

  @AfterEach
  void close() throws Exception {
    service().close();
    client().close();
  }

  private ServiceClient client() {
    return Objects.requireNonNull(listening);
  }

  private FakeService service() {
    return Objects.requireNonNull(connected);
  }

  private Injection begin(Fault fault, SteadyLoad load) throws Exception {
    PlannedFault planned = new PlannedFault(0, fault, Model.FORK, Way.PRODUCTION, 5);
    Injection injection =
        Injection.prepare(planned, tasks, client(), load, directory.resolve("witness"), 1 << 20);
    injection.begin(ProcessHandle.current());
    return injection;
  }

  /// Of a load that comes to nothing in a test's time but for its first task, which is taken here.
  private SteadyLoad load() throws Exception {
    SteadyLoad load = SteadyLoad.start(client(), log, tasks::plain, FEW_PER_SECOND);
    service().replyRight(service().take());
    return load;
  }

  private void answer(String words, int answers) throws Exception {
    service().fail(service().take(), words);
    await().atMost(PATIENCE).until(() -> client().answersOfFaults().size() == answers);
  }

  @ParameterizedTest
  @EnumSource(names = {"EXIT", "SEGV", "HUGE", "GARBAGE"})
  void aFaultThatAFullQueueRefusesIsDeliveredAgainUntilItIsTaken(Fault fault) throws Exception {
    try (SteadyLoad load = load();
        Injection injection = begin(fault, load)) {
      assertThat(injection.goOn()).as("the first is still on its way").isFalse();
      answer(REFUSED, 1);
      assertThat(injection.goOn()).isTrue();
      assertThat(injection.goOn()).as("the second is still on its way").isFalse();
      answer(REFUSED, 2);
      assertThat(injection.goOn()).isTrue();
      answer("the worker died", 3);
      assertThat(injection.goOn()).as("it was taken").isFalse();
    }
  }

  @Test
  void aRefusedDeliveryOfAPoisonedMessageIsNoneOfItsThree() throws Exception {
    try (SteadyLoad load = load();
        Injection injection = begin(Fault.POISON, load)) {
      String died = "the worker died";
      for (String words : new String[] {died, REFUSED, died, REFUSED}) {
        answer(words, client().answersOfFaults().size() + 1);
        assertThat(injection.isOver(false)).isFalse();
        assertThat(injection.goOn()).isTrue();
      }
      answer(died, 5);
      assertThat(injection.isOver(false)).isTrue();
      assertThat(injection.goOn()).isFalse();
    }
  }

  @Test
  void whatIsNoTaskIsNotDelivered() throws Exception {
    try (SteadyLoad load = load();
        Injection injection = begin(Fault.NONE, load)) {
      assertThat(injection.goOn()).isFalse();
      assertThat(client().answersOfFaults()).isEmpty();
    }
  }
}
