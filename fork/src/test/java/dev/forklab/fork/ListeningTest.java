package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.data.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

/// Listeners that hear once, are taken off, or want messages of a type; and a child that no longer
/// listens.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class ListeningTest {

  record Point(int x, int y) {}

  record Word(String text) {}

  /// Two of a shape that only their names tell apart.
  sealed interface Shape {
    record Circle(double size) implements Shape {}

    record Square(double size) implements Shape {}
  }

  /// Says itself what it is, by a component of that name.
  sealed interface Named {
    record Tagged(String type, int value) implements Named {}
  }

  private static ChildProcess echo(Serialization serialization) {
    return Fork.fork(
        Children.Echo.class, ForkOptions.builder().serialization(serialization).build());
  }

  private static int exitCode(ChildProcess child) throws Exception {
    return child.closed().get(30, TimeUnit.SECONDS).code().orElseThrow();
  }

  @Test
  void onceHearsOneMessageAndTheNextWaitForWhoComesLater() {
    try (ChildProcess child = echo(Serialization.JSON)) {
      List<@Nullable Object> first = new CopyOnWriteArrayList<>();
      child.onceMessage(first::add);
      List.of(1, 2, 3).forEach(child::send);
      await().until(() -> !first.isEmpty());
      List<@Nullable Object> second = new CopyOnWriteArrayList<>();
      child.onceMessage(second::add);
      await().until(() -> !second.isEmpty());
      List<@Nullable Object> rest = new CopyOnWriteArrayList<>();
      child.onMessage(rest::add);
      child.send(4);
      await().until(() -> rest.size() == 2);
      assertThat(first).containsExactly(1);
      assertThat(second).containsExactly(2);
      assertThat(rest).containsExactly(3, 4);
    }
  }

  @Test
  void onceWaitsForAMessageThatFitsItsType() throws Exception {
    try (ChildProcess child = echo(Serialization.JSON)) {
      CompletableFuture<Point> point = new CompletableFuture<>();
      child.onceMessage(Point.class, point::complete);
      child.onMessage(Word.class, _ -> {});
      child.send(new Word("first"));
      child.send(new Point(1, 2));
      assertThat(point.get(30, TimeUnit.SECONDS)).isEqualTo(new Point(1, 2));
    }
  }

  @Test
  void aListenerThatIsTakenOffHearsNoMore() {
    List<@Nullable Object> off = new CopyOnWriteArrayList<>();
    List<@Nullable Object> on = new CopyOnWriteArrayList<>();
    CompletableFuture<Boolean> disconnected = new CompletableFuture<>();
    try (ChildProcess child = echo(Serialization.JSON)) {
      Consumer<@Nullable Object> listener = off::add;
      Runnable onDisconnect = () -> disconnected.complete(true);
      child.onMessage(listener).onMessage(on::add).onDisconnect(onDisconnect);
      child.send(1);
      await().until(() -> on.size() == 1);
      child.off(listener).off(onDisconnect);
      child.send(2);
      await().until(() -> on.size() == 2);
    }
    assertThat(off).containsExactly(1);
    assertThat(disconnected).isNotDone();
  }

  /// Ends as soon as it listens no more, by whichever way its argument says.
  static final class Listens {
    static void main(String[] args) {
      Parent parent = Parent.get();
      Thread main = Thread.currentThread();
      switch (args[0]) {
        case "once" ->
            parent.onceMessage(message -> {
              awaitEnd(main); // Nothing but this listener keeps the JVM then.
              parent.send(message);
            });
        case "off" -> {
          Consumer<@Nullable Object> forGood =
              new Consumer<>() {
                @Override
                public void accept(@Nullable Object message) {
                  parent.off(this);
                  awaitEnd(main);
                  parent.send(message);
                }
              };
          parent.onMessage(forGood);
        }
        case "unref" -> {
          parent.onMessage(message -> {
            parent.unref();
            awaitEnd(main);
            parent.send(message);
          });
        }
        default -> throw new IllegalArgumentException(args[0]);
      }
    }

    private static void awaitEnd(Thread main) {
      try {
        main.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"once", "off", "unref"})
  void aChildThatListensNoMoreEnds(String how) throws Exception {
    ChildProcess child = Fork.fork(Listens.class, ForkOptions.builder().args(how).build());
    Events events = Events.of(child);
    child.send("go");
    assertThat(events.next()).isEqualTo("go");
    assertThat(exitCode(child)).isZero();
    assertThat(child.killed()).isFalse();
  }

  /// Listens, but does not count, until it is told to.
  static final class ComesBack {
    static void main(String[] args) throws Exception {
      Parent parent = Parent.get();
      CompletableFuture<Boolean> again = new CompletableFuture<>();
      parent.unref();
      parent.onMessage(message -> {
        parent.ref();
        again.complete(true);
        parent.send(message);
      });
      again.get();
    }
  }

  @Test
  void aChildThatCountsAgainStays() throws Exception {
    ChildProcess child = Fork.fork(ComesBack.class);
    Events events = Events.of(child);
    child.send(1);
    assertThat(events.next()).isEqualTo(1);
    child.send(2); // Its main has returned, or is about to.
    assertThat(events.next()).isEqualTo(2);
    child.disconnect();
    assertThat(exitCode(child)).isZero();
  }

  @Test
  void aChildInATryIsGoneBehindIt() {
    ChildProcess escaped;
    ForkOptions patient = ForkOptions.builder().grace(Duration.ofMinutes(1)).build();
    try (ChildProcess child = Fork.fork(Children.Echo.class, patient)) {
      escaped = child;
    }
    assertThat(escaped.closed()).isDone();
    assertThat(escaped.exitCode()).hasValue(0);
  }

  @Test
  void aChildThatDoesNotEndWithinItsGraceIsKilledByClose() throws Exception {
    ForkOptions hasty = ForkOptions.builder().grace(Duration.ofMillis(1)).build();
    ChildProcess child = Fork.fork(Children.Spin.class, hasty);
    child.close();
    assertThat(child.closed()).isDone();
    assertThat(child.killed()).isTrue();
    child.close(); // Once more is nothing.
  }

  @Test
  void aListenerMayCloseItsChild() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    child.onMessage(_ -> child.close());
    child.send(1);
    assertThat(exitCode(child)).isZero();
  }

  @Test
  void aStageOfTheExitMayCloseItsChild() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    child.exited().thenRun(child::close);
    child.disconnect();
    assertThat(exitCode(child)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aTypeMayHaveParameters(Serialization serialization) throws Exception {
    try (ChildProcess child = echo(serialization)) {
      CompletableFuture<Map<String, List<Point>>> received = new CompletableFuture<>();
      child.onMessage(new TypeReference<Map<String, List<Point>>>() {}, received::complete);
      child.send(Map.of("a", List.of(new Point(1, 2))));
      assertThat(received.get(30, TimeUnit.SECONDS))
          .isEqualTo(Map.of("a", List.of(new Point(1, 2))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofSeveralTypesEachHearsItsOwnAndWhatFitsNoneIsAnError(Serialization serialization) {
    try (ChildProcess child = echo(serialization)) {
      List<Object> heard = new CopyOnWriteArrayList<>();
      List<ForkError> errors = new CopyOnWriteArrayList<>();
      child
          .onMessage(Point.class, heard::add)
          .onMessage(Word.class, heard::add)
          .onError(errors::add);
      child.send(new Word("a"));
      child.send(new Point(1, 2));
      child.send(Map.of("x", 1)); // Half of a point.
      child.send(new Word("b"));
      await().until(() -> heard.size() == 3 && errors.size() == 1);
      assertThat(heard).containsExactly(new Word("a"), new Point(1, 2), new Word("b"));
      assertThat(errors.getFirst().kind()).isEqualTo(ForkError.Kind.GARBAGE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTypesOfASealedOneAreToldApart(Serialization serialization) {
    List<Shape> shapes = List.of(new Shape.Square(1), new Shape.Circle(1), new Shape.Square(2));
    try (ChildProcess child = echo(serialization)) {
      List<Shape> heard = new CopyOnWriteArrayList<>();
      List<Shape.Square> squares = new CopyOnWriteArrayList<>();
      child.onMessage(Shape.class, heard::add).onMessage(Shape.Square.class, squares::add);
      shapes.forEach(child::send);
      child.send(Map.of("type", "Circle", "size", 3)); // As another language would.
      await().until(() -> heard.size() == 4);
      assertThat(heard.subList(0, 3)).isEqualTo(shapes);
      assertThat(heard.getLast()).isEqualTo(new Shape.Circle(3));
      assertThat(squares).containsExactly(new Shape.Square(1), new Shape.Square(2));
    }
  }

  /// Sealed, says Java, since its constants have bodies.
  enum Operation {
    PLUS {
      @Override
      int apply(int a, int b) {
        return a + b;
      }
    };

    abstract int apply(int a, int b);
  }

  @ParameterizedTest
  @EnumSource
  void theTypesOfASealedOneAreToldApartInListsAndMaps(Serialization serialization)
      throws Exception {
    Map<String, List<Shape>> shapes =
        Map.of("all", List.of(new Shape.Square(1), new Shape.Circle(1)));
    try (ChildProcess child = echo(serialization)) {
      CompletableFuture<Map<String, List<Shape>>> received = new CompletableFuture<>();
      child.send(Operation.PLUS);
      CompletableFuture<Operation> operation = new CompletableFuture<>();
      child.onceMessage(Operation.class, operation::complete);
      assertThat(operation.get(30, TimeUnit.SECONDS)).isEqualTo(Operation.PLUS);
      child.onMessage(new TypeReference<Map<String, List<Shape>>>() {}, received::complete);
      child.send(shapes);
      assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(shapes);
    }
  }

  @Test
  void ofASealedTypeNoOtherClassIsMade() {
    try (ChildProcess child = echo(Serialization.JSON)) {
      List<Shape> heard = new CopyOnWriteArrayList<>();
      List<ForkError> errors = new CopyOnWriteArrayList<>();
      child.onMessage(Shape.class, heard::add).onError(errors::add);
      child.send(Map.of("type", "java.lang.ProcessBuilder", "size", 3));
      child.send(Map.of("type", Word.class.getName(), "text", "a"));
      await().until(() -> errors.size() == 2);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void aTypeWithAComponentOfThatNameIsLeftAlone() throws Exception {
    try (ChildProcess child = echo(Serialization.JSON)) {
      CompletableFuture<Named.Tagged> received = new CompletableFuture<>();
      child.onMessage(Named.Tagged.class, received::complete);
      child.send(new Named.Tagged("mine", 1));
      assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(new Named.Tagged("mine", 1));
    }
  }

  @Test
  void arraysOfPrimitivesStayArraysInAdvanced() {
    List<Object> arrays =
        List.of(
            new boolean[] {true, false},
            new byte[] {1, -1},
            new short[] {1, Short.MIN_VALUE},
            new char[] {'a', '\ud800'},
            new int[] {1, Integer.MIN_VALUE},
            new long[] {1, Long.MIN_VALUE},
            new float[] {0.1f, Float.NaN},
            new double[] {0.1, Double.NEGATIVE_INFINITY},
            new int[0]);
    try (ChildProcess child = echo(Serialization.ADVANCED)) {
      Events events = Events.of(child);
      arrays.forEach(child::send);
      await().until(() -> events.messages().size() == arrays.size());
      assertThat(Objects.deepEquals(events.messages().toArray(), arrays.toArray())).isTrue();
      child.send(Map.of("rows", List.of(new int[] {1}, new int[] {2})));
      arrays.forEach(_ -> events.next());
      assertThat(events.next())
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .extractingByKey("rows", InstanceOfAssertFactories.LIST)
          .satisfiesExactly(
              row -> assertThat(row).isEqualTo(new int[] {1}),
              row -> assertThat(row).isEqualTo(new int[] {2}));
    }
  }
}
