package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.data.Serialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a task's class says and is given: types, arguments, progress, cancels, streams.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class TasksTest {

  /// Of the tasks below.
  public record Point(int x, int y) {}

  /// Of the tasks below.
  public record Area(List<Point> corners, double size) {}

  /// A task whose types have parameters.
  public static final class Measure implements Task<List<Point>, Area> {
    @Override
    public Area run(List<Point> corners, TaskContext context) {
      double size = 0;
      for (int i = 0; i < corners.size(); i++) {
        Point a = corners.get(i);
        Point b = corners.get((i + 1) % corners.size());
        size += (a.x() * b.y() - b.x() * a.y()) / 2.0;
      }
      return new Area(corners, size);
    }
  }

  /// Replies with the request twice.
  public abstract static class Doubled<T> implements Task<T, List<T>> {
    @Override
    public List<T> run(T request, TaskContext context) {
      return List.of(request, request);
    }
  }

  /// A task that inherits its types.
  public static final class DoubledPoint extends Doubled<Point> {}

  /// A task that replies with nothing.
  public static final class Nothing implements Task<String, @Nullable String> {
    @Override
    public @Nullable String run(String request, TaskContext context) {
      return null;
    }
  }

  @ParameterizedTest
  @EnumSource(Serialization.class)
  void requestsAndRepliesAreOfTheTypesThatTheTaskNames(Serialization serialization)
      throws Exception {
    List<Point> square =
        List.of(new Point(0, 0), new Point(2, 0), new Point(2, 2), new Point(0, 2));
    try (ForkPool<List<Point>, Area> pool =
        ForkPool.with(Measure.class).workers(1).serialization(serialization).open()) {
      assertThat(pool.submit(square).get()).isEqualTo(new Area(square, 4));
    }
  }

  @Test
  void oneMayDoSeveralTasks() throws Exception {
    try (ForkPool<List<Point>, Area> pool = ForkPool.of(Measure.class, 1)) {
      CompletableFuture<List<Point>> doubled = pool.submit(DoubledPoint.class, new Point(1, 2));
      CompletableFuture<@Nullable String> nothing = pool.submit(Nothing.class, "x");
      CompletableFuture<Area> own = pool.submit(List.of());
      assertThat(doubled.get()).containsExactly(new Point(1, 2), new Point(1, 2));
      assertThat(nothing.get()).isNull();
      assertThat(own.get().size()).isZero();
      assertThat(pool.submit(Deeds.class, "fine".getBytes(UTF_8)).get())
          .asString()
          .isEqualTo("fine");
    }
  }

  @Test
  void anotherTaskThatCannotStartFailsItsRequestAndNoOther() throws Exception {
    try (ForkPool<List<Point>, Area> pool = ForkPool.of(Measure.class, 1)) {
      CompletableFuture<byte[]> bad = pool.submit(ForkPoolTest.Unstartable.class, new byte[0]);
      assertThat(TaskFailure.of(catchThrowable(bad::join)))
          .isInstanceOf(TaskFailure.Threw.class)
          .hasMessageContaining("no model at /none");
      assertThat(pool.submit(List.of()).get().size()).isZero();
      assertThat(pool.metrics().deaths()).isZero();
    }
  }

  /// Nobody but this class can make it.
  public static final class Hidden implements Task<String, String> {
    private Hidden() {}

    @Override
    public String run(String request, TaskContext context) {
      return request;
    }
  }

  @Test
  void aTaskThatNoWorkerCouldMakeIsRefusedInWords() {
    assertThatThrownBy(() -> ForkPool.of(Hidden.class, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("public constructor without parameters")
        .hasMessageContaining("Hidden");
  }

  @Test
  void allRepliesComeInTheOrderOfTheirRequests() throws Exception {
    try (ForkPool<byte[], byte[]> pool = ForkPool.of(Deeds.class, 2)) {
      List<byte[]> requests =
          List.of("a".getBytes(UTF_8), "throw b".getBytes(UTF_8), "c".getBytes(UTF_8));
      List<CompletableFuture<byte[]>> done = pool.submitAll(requests);
      assertThat(done).allMatch(CompletableFuture::isDone);
      assertThat(done.get(0).get()).asString().isEqualTo("a");
      assertThat(done.get(1)).isCompletedExceptionally();
      assertThat(done.get(2).get()).asString().isEqualTo("c");
    }
  }

  /// Replies with the arguments of its pool.
  public static final class Arguments implements Task<String, List<String>> {
    private List<String> args = List.of();

    @Override
    public void start(WorkerContext worker) {
      args = worker.args();
    }

    @Override
    public List<String> run(String request, TaskContext context) {
      return args;
    }
  }

  @Test
  void aTaskIsStartedWithThePoolsArguments() throws Exception {
    try (ForkPool<String, List<String>> pool =
        ForkPool.with(Arguments.class).workers(1).args("model.bin", "", "ü").open()) {
      assertThat(pool.submit("").get()).containsExactly("model.bin", "", "ü");
    }
  }

  /// Goes on until nobody waits for it.
  public static final class Patient implements Task<String, Long> {
    @Override
    public Long run(String request, TaskContext context) {
      while (request.equals("wait") && !context.isCancelled()) {
        context.progress(Map.of("at", 1));
      }
      return ProcessHandle.current().pid();
    }
  }

  @Test
  void aTaskThatSeesThatItIsCancelledSparesItsWorker() throws Exception {
    try (ForkPool<String, Long> pool =
        ForkPool.with(Patient.class).workers(1).cancelPatience(Duration.ofSeconds(30)).open()) {
      long pid = pool.submit("who").get();
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<Long> waiting =
          pool.submit(
              "wait",
              TaskOptions.DEFAULT.withProgress(value -> {
                assertThat(value).isEqualTo(Map.of("at", 1));
                begun.countDown();
              }));
      CompletableFuture<Long> behind = pool.submit("who");
      begun.await();
      waiting.cancel(true);
      assertThat(behind.get(20, TimeUnit.SECONDS)).isEqualTo(pid);
      assertThat(pool.metrics().evicted()).isZero();
      assertThat(pool.metrics().cancelled()).isOne();
    }
  }

  /// Writes each byte of its input increased by one, and replies with their number.
  public static final class Increase implements Task<String, Long> {
    @Override
    public Long run(String request, TaskContext context) throws IOException {
      byte[] bytes = new byte[10_000];
      long total = 0;
      InputStream from = context.input();
      OutputStream to = context.output();
      for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
        for (int i = 0; i < count; i++) {
          bytes[i]++;
        }
        to.write(bytes, 0, count);
        total += count;
      }
      return total;
    }
  }

  @Test
  void aTaskReadsAndWritesMoreThanAnyHeapHolds() throws Exception {
    byte[] sent = new byte[5_000_000];
    new Random(1).nextBytes(sent);
    byte[] expected = sent.clone();
    for (int i = 0; i < expected.length; i++) {
      expected[i]++;
    }
    try (ForkPool<String, Long> pool = ForkPool.with(Increase.class).workers(1).open()) {
      for (int round = 0; round < 2; round++) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        TaskOptions streams =
            TaskOptions.DEFAULT
                .withInput(() -> new ByteArrayInputStream(sent))
                .withOutput(received);
        CompletableFuture<Long> behind = pool.submit("empty");
        assertThat(pool.submit("all", streams).get()).isEqualTo(sent.length);
        assertThat(Arrays.equals(received.toByteArray(), expected)).isTrue();
        assertThat(behind.get()).as("of no input").isZero();
      }
    }
  }

  @Test
  void anInputOrAnOutputThatFailsFailsItsTaskAndNoOther() throws Exception {
    try (ForkPool<String, Long> pool = ForkPool.with(Increase.class).workers(1).open()) {
      CompletableFuture<Long> unread =
          pool.submit(
              "x",
              TaskOptions.DEFAULT.withInput(() -> {
                throw new IOException("no such file");
              }));
      CompletableFuture<Long> unwritten =
          pool.submit(
              "x",
              TaskOptions.DEFAULT
                  .withInput(() -> new ByteArrayInputStream(new byte[1_000_000]))
                  .withOutput(new Full()));
      assertThat(TaskFailure.of(catchThrowable(unread::join))).hasMessageContaining("no such file");
      assertThat(TaskFailure.of(catchThrowable(unwritten::join)))
          .isInstanceOf(TaskFailure.Threw.class);
      assertThat(pool.submit("x").get()).isZero();
      assertThat(pool.metrics().deaths()).isZero();
    }
  }

  private static final class Full extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      throw new IOException("disk full");
    }
  }
}
