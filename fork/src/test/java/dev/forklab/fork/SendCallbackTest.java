package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What callbacks and stages of users do must not reach the channel.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class SendCallbackTest {

  private static void fails(@Nullable ForkError error) {
    // Silent, on whatever thread of the library this is.
    Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
    throw new IllegalStateException("callback", error);
  }

  @Test
  void aCallbackThatThrowsIsReportedAndHoldsUpNeitherTheMessagesNorTheClose() throws Exception {
    Thread sender = Thread.currentThread();
    List<Throwable> reported = new CopyOnWriteArrayList<>();
    try {
      ChildProcess child = Fork.fork(Children.Echo.class);
      Events events = Events.of(child);
      child.send("before it is connected", SendCallbackTest::fails);
      assertThat(events.next()).isEqualTo("before it is connected");
      sender.setUncaughtExceptionHandler((_, thrown) -> reported.add(thrown));
      child.send(
          "connected",
          _ -> {
            throw new IllegalStateException("callback");
          });
      child.send("behind");
      assertThat(events.next()).isEqualTo("connected");
      assertThat(events.next()).isEqualTo("behind");
      child.disconnect();
      assertThat(events.untilClosed().code()).hasValue(0);
    } finally {
      sender.setUncaughtExceptionHandler(null);
    }
    assertThat(reported).singleElement().extracting(Throwable::getMessage).isEqualTo("callback");
  }

  @Test
  void aCallbackThatThrowsForALostMessageDoesNotKeepCloseFromComing() throws Exception {
    ChildProcess child = Fork.fork(Children.Deaf.class);
    Events events = Events.of(child);
    assertThat(events.next()).isEqualTo("here");
    CompletableFuture<ForkError> lost = new CompletableFuture<>();
    child.send("x".repeat(8 << 20), SendCallbackTest::fails);
    child.send("behind", lost::complete);
    child.kill("SIGKILL");
    events.untilClosed();
    assertThat(lost.get(30, TimeUnit.SECONDS).kind()).isEqualTo(ForkError.Kind.SEND);
    await().until(() -> events.names().contains("close"));
  }

  @Test
  void aStageOfASentMessageMayWaitForTheNextOne() throws Exception {
    ChildProcess child = Fork.fork(Children.Echo.class);
    Events events = Events.of(child);
    CompletableFuture<?> second =
        child.sendAsync("first").thenRun(() -> child.sendAsync("second").join());
    second.get(30, TimeUnit.SECONDS);
    assertThat(events.next()).isEqualTo("first");
    assertThat(events.next()).isEqualTo("second");
    child.disconnect();
    events.untilClosed();
  }
}
