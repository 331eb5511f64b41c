package dev.forklab.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.bench.faults.ServiceFrame.Kind;
import dev.forklab.results.FaultTrial.Counts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the watcher makes of services that do not behave.
class ServiceClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServiceTasks tasks = ServiceTasks.of(FaultPlans.tiny());
  private final RequestLog log = new RequestLog(tasks);

  @TempDir private Path directory = Path.of("");
  private @Nullable ServiceClient listening;

  @BeforeEach
  void listen() throws Exception {
    listening = ServiceClient.at(directory.resolve("s"), log);
  }

  private ServiceClient client() {
    return Objects.requireNonNull(listening);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    client().close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("faults-"));
  }

  private FakeService connect() throws Exception {
    FakeService service = FakeService.connect(directory.resolve("s"), tasks);
    await().atMost(PATIENCE).until(() -> client().current() != null);
    return service;
  }

  private int submit() {
    int task = log.due(System.nanoTime());
    client().submit(task, tasks.plain(task));
    return task;
  }

  private void awaitAnswers() {
    await().atMost(PATIENCE).until(() -> log.open() == 0);
  }

  @Test
  void everyTaskIsRightOrWrongOrFailed() throws Exception {
    try (FakeService service = connect()) {
      submit();
      submit();
      submit();
      service.replyRight(service.take());
      service.reply(service.take(), new byte[] {1});
      service.fail(service.take(), "no");
      awaitAnswers();
      Counts counts = log.counts();
      assertThat(counts.right() + counts.late()).isEqualTo(1);
      assertThat(counts.wrong()).isEqualTo(1);
      assertThat(counts.failed()).isEqualTo(1);
      assertThat(counts.lost()).isZero();
      assertThat(client().complaint() + log.complaint()).isEmpty();
    }
  }

  @Test
  void whatAServiceHeldWhenItDiedIsLost() throws Exception {
    try (FakeService service = connect()) {
      submit();
      submit();
      service.replyRight(service.take());
    }
    awaitAnswers();
    assertThat(log.counts().lost()).isEqualTo(1);
    assertThat(log.counts().right() + log.counts().late()).isEqualTo(1);
  }

  @Test
  void whatIsSubmittedWhereNobodyIsIsLostAtOnce() {
    submit();
    assertThat(log.counts()).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
  }

  @Test
  void theNextServiceTakesOverAfterADeath() throws Exception {
    connect().close();
    await().atMost(PATIENCE).until(() -> client().current() == null);
    try (FakeService next = connect()) {
      submit();
      next.replyRight(next.take());
      awaitAnswers();
      assertThat(log.counts().lost()).isZero();
    }
  }

  @Test
  void aServiceThatHangsLosesWhatItNeverAnswers() throws Exception {
    try (FakeService service = connect()) {
      submit();
      service.take();
      assertThat(log.open()).isEqualTo(1);
      assertThat(log.counts()).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
      assertThat(client().ask(Duration.ofMillis(1))).isNull();
    }
  }

  @Test
  void aServiceThatDoesNotReadHoldsNobodyUp() throws Exception {
    try (FakeService _ = connect()) {
      for (int i = 0; i < 20_000; i++) {
        submit();
      }
      assertThat(log.open()).isEqualTo(20_000);
    }
  }

  @Test
  void anAccountThatDiffersFromTheLabsIsAComplaint() throws Exception {
    try (FakeService service = connect()) {
      submit();
      service.replyRight(service.take());
      awaitAnswers();
      service.tell(Kind.STATS, 5);
      await().atMost(PATIENCE).until(() -> !client().complaint().isEmpty());
      assertThat(client().complaint())
          .isEqualTo(
              "expected the service to have taken at most 1 tasks and answered 1, found that it says 1 and 5");
    }
  }

  @Test
  void aSecondAnswerIsAComplaintAndCountsOnce() throws Exception {
    try (FakeService service = connect()) {
      submit();
      int task = service.take();
      service.fail(task, "no");
      service.replyRight(task);
      await().atMost(PATIENCE).until(() -> !log.complaint().isEmpty());
      assertThat(log.complaint()).contains("1 that were answered twice");
      assertThat(log.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0, 0));
    }
  }

  @Test
  void anAnswerToNobodyIsAComplaint() throws Exception {
    try (FakeService service = connect()) {
      service.reply(77, new byte[0]);
      await().atMost(PATIENCE).until(() -> !log.complaint().isEmpty());
      assertThat(log.complaint()).contains("1 to others");
    }
  }

  @Test
  void garbageEndsTheConnection() throws Exception {
    try (FakeService service = connect()) {
      submit();
      service.take();
      service.garble();
      awaitAnswers();
      assertThat(log.counts().lost()).isEqualTo(1);
      assertThat(client().current()).isNull();
    }
  }

  @Test
  void whatComesOfAFaultIsKeptInWords() throws Exception {
    try (FakeService service = connect()) {
      client().submit(-1, tasks.plain(0));
      client().submit(-2, tasks.plain(0));
      client().submit(-3, tasks.plain(0));
      service.fail(service.take(), "boom");
      service.reply(service.take(), new byte[3]);
      service.take();
    }
    await().atMost(PATIENCE).until(() -> client().answersOfFaults().size() == 3);
    assertThat(client().answersOfFaults()).isEqualTo(List.of("boom", "a reply of 3 B", "lost"));
    assertThat(log.counts()).isEqualTo(Counts.NONE);
  }
}
