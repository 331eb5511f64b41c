package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.codec.MessageCodec;
import dev.forklab.fork.data.Serialization;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InboxTest {

  private static final int ROOM_BYTES = 250; // For two messages of a byte.

  private final MessageFrames messages = new MessageFrames(MessageCodec.of(Serialization.JSON));
  private final EventTurn turn = new EventTurn("test");
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
  private final Inbox inbox =
      new Inbox(
          messages,
          turn,
          ROOM_BYTES,
          () -> meanwhile.get().run(),
          () -> {},
          e -> {
            throw new AssertionError(e);
          });

  private Frame frame(String text) {
    return messages.encode(text);
  }

  @Test
  void keptMessagesAreDeliveredInOrderAndBeforeWhatHappensLater() throws Exception {
    inbox.receive(frame("a"));
    inbox.receive(frame("b"));
    List<Object> seen = new CopyOnWriteArrayList<>();
    CompletableFuture<List<Object>> end = new CompletableFuture<>();
    inbox.listen(false, message -> seen.add(String.valueOf(message)));
    turn.post(() -> end.complete(List.copyOf(seen)));
    assertThat(end.get(30, TimeUnit.SECONDS)).containsExactly("a", "b");
  }

  @Test
  void otherEventsComeBetweenMessagesThatNeverEnd() throws Exception {
    CompletableFuture<Boolean> heard = new CompletableFuture<>();
    CompletableFuture<Boolean> posted = new CompletableFuture<>();
    inbox.receive(frame("1"));
    inbox.listen(
        false,
        _ -> {
          if (posted.complete(true)) {
            turn.post(() -> heard.complete(true));
          }
          if (!heard.isDone()) {
            inbox.receive(frame("2"));
          }
        });
    assertThat(heard.get(10, TimeUnit.SECONDS)).isTrue();
    turn.awaitIdle();
  }

  @Test
  void aCallbackThatRunsWhileThereIsNoRoomMayWaitForAThreadThatListens() throws Exception {
    CompletableFuture<Boolean> listens = new CompletableFuture<>();
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    List<Object> seen = new CopyOnWriteArrayList<>();
    meanwhile.set(() -> {
      meanwhile.set(() -> {});
      Thread.ofPlatform()
          .start(() -> {
            inbox.listen(false, message -> seen.add(String.valueOf(message)));
            listens.complete(true);
          });
      try {
        listens.get(10, TimeUnit.SECONDS);
      } catch (Exception e) {
        failed.complete(e);
      }
    });
    inbox.receive(frame("x".repeat(ROOM_BYTES)));
    inbox.receive(frame("behind"));
    turn.awaitIdle();
    assertThat(failed).isNotDone();
    assertThat(seen).containsExactly("x".repeat(ROOM_BYTES), "behind");
  }
}
