package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.process.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ExtendWith(NothingLeft.class)
class ForkEventsTest {

  @Test
  void spawnComesBeforeEverythingElseAndCloseComesLast() throws Exception {
    Events events = Events.of(Fork.fork(Children.Count.class, "3"));
    events.untilClosed();
    await().until(() -> events.names().contains("close"));
    assertThat(events.names()).startsWith("spawn").endsWith("close");
    assertThat(events.names()).containsOnlyOnce("spawn", "exit", "disconnect", "close");
    assertThat(events.messages()).containsExactly(0, 1, 2);
  }

  @Test
  void anExitHasACodeAndNoSignal() throws Exception {
    ChildProcess child = Fork.fork(Children.ExitWith.class, "7");
    assertThat(child.closed().get(30, TimeUnit.SECONDS).code()).hasValue(7);
    assertThat(child.exitCode()).hasValue(7);
    assertThat(child.signalCode()).isEmpty();
  }

  @Test
  void anExitWith137IsNotTakenForASigkill() throws Exception {
    ChildProcess child = Fork.fork(Children.ExitWith.class, "137");
    assertThat(child.closed().get(30, TimeUnit.SECONDS).code()).hasValue(137);
  }

  @Test
  void aKillHasASignalAndNoCode() throws Exception {
    ChildProcess child = Fork.fork(Children.Spin.class);
    assertThat(child.kill("SIGKILL")).isTrue();
    Exit exit = child.closed().get(30, TimeUnit.SECONDS);
    assertThat(exit.signal()).hasValue("SIGKILL");
    assertThat(exit.code()).isEqualTo(OptionalInt.empty());
    assertThat(child.signalCode()).hasValue("SIGKILL");
  }

  @Test
  void killedMeansThatASignalWasDeliveredNotThatTheChildIsDead() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    assertThat(child.killed()).isFalse();
    assertThat(child.kill(0)).isTrue();
    assertThat(child.killed()).isFalse();
    assertThat(child.kill("SIGCONT")).isTrue();
    assertThat(child.killed()).isTrue();
    Events events = Events.of(child);
    child.send("still here");
    assertThat(events.next()).isEqualTo("still here");
    child.disconnect();
    events.untilClosed();
  }

  @Test
  void killingWhatIsGoneReturnsFalse() throws Exception {
    ChildProcess child = Fork.fork(Children.Nothing.class);
    child.closed().get(30, TimeUnit.SECONDS);
    assertThat(child.kill()).isFalse();
    assertThat(child.kill(0)).isFalse();
    assertThat(child.killed()).isFalse();
  }

  @Test
  void anUnknownSignalThrows() throws Exception {
    ChildProcess child = Fork.fork(Children.Nothing.class);
    assertThatThrownBy(() -> child.kill("SIGFOO"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SIGFOO");
    assertThatThrownBy(() -> child.kill(65)).isInstanceOf(IllegalArgumentException.class);
    child.closed().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aMissingCwdIsAnErrorEventWithNoPidAndNoExit() throws Exception {
    ChildProcess child =
        Fork.fork(
            Children.Nothing.class, ForkOptions.builder().cwd(Path.of("/no/such/place")).build());
    Events events = Events.of(child);
    events.untilClosed();
    await().until(() -> events.names().contains("close"));
    assertThat(child.pid()).isEmpty();
    assertThat(child.connected()).isFalse();
    assertThat(events.names()).containsExactlyInAnyOrder("error START", "disconnect", "close");
    assertThat(events.errors().getFirst()).hasMessageContaining("/no/such/place");
  }

  @Test
  void aMissingExecutableIsAnErrorEvent() throws Exception {
    ChildProcess child = Fork.forkExecutable("/no/such/thing", ForkOptions.DEFAULT);
    Events events = Events.of(child);
    events.untilClosed();
    await().until(() -> !events.errors().isEmpty());
    assertThat(events.errors().getFirst().kind()).isEqualTo(ForkError.Kind.START);
    assertThat(child.send("x", error -> assertThat(error).isNotNull())).isFalse();
  }

  @Test
  void aListenerThatComesLateHearsOfWhatHasHappened() throws Exception {
    ChildProcess child = Fork.fork(Children.Count.class, "1");
    child.closed().get(30, TimeUnit.SECONDS);
    Events events = Events.of(child);
    await().until(() -> events.names().size() == 5);
    assertThat(events.names())
        .containsExactlyInAnyOrder("spawn", "exit", "disconnect", "close", "message");
  }

  @Test
  void aChildWithNoListenerAndNoOtherWorkEnds() throws Exception {
    ChildProcess child = Fork.fork(Children.Nothing.class);
    assertThat(child.closed().get(30, TimeUnit.SECONDS).code()).hasValue(0);
  }

  @Test
  void aChildThatListensStaysUntilDisconnect() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    Events events = Events.of(child);
    child.send(1);
    assertThat(events.next()).isEqualTo(1);
    assertThat(child.kill(0)).isTrue();
    child.disconnect();
    assertThat(child.connected()).isFalse();
    assertThat(events.untilClosed().code()).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Children.ListenerAfterTheEnd.class,
        Children.ListenerAfterTheDisconnect.class,
        Children.Saver.class,
        Children.SaverAtTheEnd.class
      })
  void aChildEndsOnlyWhenItsListenersHaveReturned(Class<?> main, @TempDir Path directory)
      throws Exception {
    Path saved = directory.resolve("saved");
    ChildProcess child = Fork.fork(main, saved.toString());
    Events events = Events.of(child);
    child.send("save");
    if (main != Children.Saver.class) {
      child.disconnect();
    }
    assertThat(events.untilClosed().code()).hasValue(0);
    assertThat(saved).exists();
  }

  @Test
  void whatWasQueuedBeforeADisconnectIsStillDelivered() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    Events events = Events.of(child);
    String large = "x".repeat(1 << 20);
    child.send(large);
    child.send("after");
    child.disconnect();
    events.untilClosed();
    assertThat(events.messages()).containsExactly(large, "after");
  }

  @Test
  void aDisconnectBehindAFullQueueReachesTheChild() throws Exception {
    ChannelBounds bounds = ChannelBounds.DEFAULT.withMaxQueuedBytes(64 << 10);
    ChildProcess child =
        Fork.fork(Children.Echo.class, ForkOptions.builder().bounds(bounds).build());
    Events events = Events.of(child);
    String large = "x".repeat(1 << 20);
    child.send(large);
    child.disconnect();
    assertThat(events.untilClosed().code()).hasValue(0);
    assertThat(events.messages()).containsExactly(large);
  }

  @Test
  void aSecondDisconnectIsAnErrorEvent() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    Events events = Events.of(child);
    child.disconnect();
    child.disconnect();
    events.untilClosed();
    await().until(() -> !events.errors().isEmpty());
    assertThat(events.errors())
        .singleElement()
        .extracting(ForkError::kind)
        .isEqualTo(ForkError.Kind.SEND);
  }

  @Test
  void afterADisconnectSendReturnsFalseAndTheErrorComesOnceAtTheCallbackOrAsAnEvent()
      throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    Events events = Events.of(child);
    child.disconnect();
    CompletableFuture<ForkError> called = new CompletableFuture<>();
    assertThat(child.send("x", called::complete)).isFalse();
    assertThat(called.get(5, TimeUnit.SECONDS).kind()).isEqualTo(ForkError.Kind.SEND);
    assertThat(child.send("y")).isFalse();
    events.untilClosed();
    await().until(() -> !events.errors().isEmpty());
    assertThat(events.errors()).hasSize(1);
  }

  @Test
  void aChildThatDisconnectsLeavesTheParentUnconnected(@TempDir Path directory) throws Exception {
    Path end = directory.resolve("end");
    ChildProcess child = Fork.fork(Children.Leaver.class, end.toString());
    Events events = Events.of(child);
    await().until(() -> events.names().contains("disconnect"));
    assertThat(child.connected()).isFalse();
    assertThat(child.kill(0)).isTrue();
    Files.createFile(end);
    assertThat(events.untilClosed().code()).hasValue(0);
  }

  @Test
  void aTimeoutKillsOnceAndIsNoErrorEvent() throws Exception {
    ChildProcess child =
        Fork.fork(
            Children.Spin.class,
            ForkOptions.builder().timeout(Duration.ofMillis(300)).killSignal("SIGKILL").build());
    Events events = Events.of(child);
    assertThat(events.untilClosed().signal()).hasValue("SIGKILL");
    assertThat(child.killed()).isTrue();
    assertThat(events.errors()).isEmpty();
  }

  @Test
  void anAbortKillsAndEmitsAnErrorThatCarriesTheCauseOnce() throws Exception {
    Abort abort = new Abort();
    ChildProcess child =
        Fork.fork(
            Children.Spin.class, ForkOptions.builder().abort(abort).killSignal("SIGKILL").build());
    Events events = Events.of(child);
    Exception why = new Exception("enough");
    abort.abort(why);
    abort.abort();
    assertThat(events.untilClosed().signal()).hasValue("SIGKILL");
    await().until(() -> !events.errors().isEmpty());
    assertThat(events.errors()).hasSize(1);
    assertThat(events.errors().getFirst().kind()).isEqualTo(ForkError.Kind.ABORTED);
    assertThat(events.errors().getFirst()).cause().isSameAs(why);
  }

  @Test
  void whatIsAlreadyAbortedIsKilledAtItsStart() throws Exception {
    Abort abort = new Abort();
    abort.abort(new Exception("before"));
    ChildProcess child =
        Fork.fork(
            Children.Spin.class, ForkOptions.builder().abort(abort).killSignal("SIGKILL").build());
    Events events = Events.of(child);
    assertThat(events.untilClosed().signal()).hasValue("SIGKILL");
    await().until(() -> events.names().contains("error ABORTED"));
  }

  @Test
  void anAbortAfterTheExitDoesNothing() throws Exception {
    Abort abort = new Abort();
    ChildProcess child =
        Fork.fork(Children.Nothing.class, ForkOptions.builder().abort(abort).build());
    Events events = Events.of(child);
    events.untilClosed();
    abort.abort();
    await().until(() -> events.names().contains("close"));
    assertThat(events.errors()).isEmpty();
    assertThat(child.killed()).isFalse();
  }

  @Test
  void theNamesOfSignalsAreNodes() {
    assertThat(List.of(Signals.number("SIGTERM"), Signals.number("SIGKILL")))
        .containsExactly(15, 9);
  }
}
