package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.RemoteThrowable;
import dev.forklab.fork.data.Serialization;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@ExtendWith(NothingLeft.class)
class MessagesTest {

  record Job(String name, int size, List<String> tags) {}

  private static ChildProcess echo(Serialization serialization) {
    return Fork.fork(
        Children.Echo.class, ForkOptions.builder().serialization(serialization).build());
  }

  private static void end(ChildProcess child) throws Exception {
    child.disconnect();
    child.closed().get(30, TimeUnit.SECONDS);
  }

  @Test
  void stringsNumbersBooleansNullObjectsAndArraysArriveInJson() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    Events events = Events.of(child);
    List<Object> sent =
        List.of(
            "text",
            1,
            2.5,
            true,
            Map.of("a", List.of(1, "b")),
            List.of(1, 2),
            "\u20ac \ud83d\ude00");
    sent.forEach(child::send);
    child.send(null);
    await().until(() -> events.messages().size() == sent.size() + 1);
    assertThat(events.messages()).startsWith(sent.toArray()).endsWith("null");
    end(child);
  }

  @Test
  void whatIsNoDataIsRefusedBySendAndTheChannelStaysUsable() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    Events events = Events.of(child);
    Runnable function = () -> {};
    assertThatThrownBy(() -> child.send(function)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> child.send(Thread.currentThread()))
        .isInstanceOf(IllegalArgumentException.class);
    child.send("fine");
    assertThat(events.next()).isEqualTo("fine");
    end(child);
  }

  @Test
  void aCycleIsRefusedBySendInJsonAndTheChannelStaysUsable() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    Events events = Events.of(child);
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    assertThatThrownBy(() -> child.send(cycle))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cycle");
    child.send("fine");
    assertThat(events.next()).isEqualTo("fine");
    end(child);
  }

  @Test
  @SuppressWarnings("JavaUtilDate") // Users send what they have.
  void advancedKeepsCyclesMapsSetsBigIntegersBinaryDatesAndErrors() throws Exception {
    ChildProcess child = echo(Serialization.ADVANCED);
    Events events = Events.of(child);
    List<Object> sent =
        List.of(
            Map.of(1, "one", List.of(2), "two"),
            Set.of(1, "b"),
            BigInteger.TWO.pow(200),
            new Date(12345),
            Instant.ofEpochSecond(1, 2));
    sent.forEach(child::send);
    await().until(() -> events.messages().size() == sent.size());
    assertThat(events.messages()).containsExactlyElementsOf(sent);
    sent.forEach(_ -> events.next());

    child.send(new byte[] {1, 2, 3});
    assertThat((byte[]) events.next()).containsExactly(1, 2, 3);

    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    child.send(cycle);
    List<?> back = (List<?>) events.next();
    assertThat(back.getFirst()).isSameAs(back);

    Exception error = new IllegalStateException("no", new RuntimeException("why"));
    child.send(error);
    RemoteThrowable remote = (RemoteThrowable) events.next();
    assertThat(remote.type()).isEqualTo(IllegalStateException.class.getName());
    assertThat(remote).hasMessage("no").hasRootCauseMessage("why");
    assertThat(remote.getStackTrace()[0].toString()).contains("MessagesTest.advancedKeeps");
    end(child);
  }

  @Test
  void aMessageIsBoundToATypeByJackson() throws Exception {
    for (Serialization serialization : Serialization.values()) {
      ChildProcess child = echo(serialization);
      CompletableFuture<Job> received = new CompletableFuture<>();
      child.onMessage(Job.class, received::complete);
      Job job = new Job("seal", 7, List.of("a", "b"));
      child.send(job);
      assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(job);
      end(child);
    }
  }

  @Test
  void aMessageThatDoesNotFitItsTypeIsAnErrorEventAndTheNextOneArrives() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    CompletableFuture<ForkError> error = new CompletableFuture<>();
    CompletableFuture<Job> received = new CompletableFuture<>();
    child.onError(error::complete).onMessage(Job.class, received::complete);
    child.send("no job");
    child.send(new Job("x", 1, List.of()));
    assertThat(error.get(30, TimeUnit.SECONDS).kind()).isEqualTo(ForkError.Kind.GARBAGE);
    assertThat(received.get(30, TimeUnit.SECONDS).name()).isEqualTo("x");
    end(child);
  }

  @Test
  void aListenerThatThrowsDoesNotLoseTheMessagesBehindIt() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    child.onMessage(message -> {
      Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
      seen.add(message == null ? "null" : message);
      throw new IllegalStateException("listener");
    });
    IntStream.range(0, 5).forEach(child::send);
    await().until(() -> seen.size() == 5);
    assertThat(seen).containsExactly(0, 1, 2, 3, 4);
    end(child);
  }

  @Test
  void messagesBeforeTheChildListensAreKeptForIt(@TempDir Path directory) throws Exception {
    Path go = directory.resolve("go");
    ChildProcess child = Fork.fork(Children.LateListener.class, go.toString());
    Events events = Events.of(child);
    assertThat(events.next()).isEqualTo("here");
    IntStream.range(0, 100).forEach(child::send);
    Files.createFile(go);
    await().until(() -> events.messages().size() == 100);
    assertThat(events.messages())
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().map(i -> (Object) i).toList());
    end(child);
  }

  @Test
  void thousandsOfMessagesArriveWholeAndInOrder() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    Events events = Events.of(child);
    int count = 5_000;
    for (int i = 0; i < count; i++) {
      child.send(Map.of("number", i, "text", "\u00e9".repeat(i % 300)));
    }
    await().until(() -> events.messages().size() == count);
    assertThat(events.messages().stream().map(m -> ((Map<?, ?>) m).get("number")).toList())
        .isEqualTo(IntStream.range(0, count).boxed().toList());
    end(child);
  }

  @Test
  void sendSaysFalseAboveTheHighWaterMarkAndStillDelivers() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    Events events = Events.of(child);
    assertThat(child.send("small")).isTrue();
    String large = "x".repeat(4 << 20);
    assertThat(child.send(large)).isFalse();
    await().until(() -> events.messages().size() == 2);
    assertThat(events.messages().get(1)).isEqualTo(large);
    end(child);
  }

  @Test
  void theCallbackSaysWrittenBySenderOnce() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    child.sendAsync("x").get(30, TimeUnit.SECONDS);
    end(child);
  }

  @Test
  void aChildThatNeverReadsCannotExhaustTheParent() throws Exception {
    ChannelBounds bounds = new ChannelBounds(1 << 20, 4 << 20, 128 << 10);
    ChildProcess child =
        Fork.fork(Children.Deaf.class, ForkOptions.builder().bounds(bounds).build());
    Events events = Events.of(child);
    assertThat(events.next()).isEqualTo("here");
    String message = "x".repeat(500_000);
    List<ForkError> refused = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 100; i++) {
      child.send(
          message,
          error -> {
            if (error != null) {
              refused.add(error);
            }
          });
    }
    assertThat(refused).hasSizeGreaterThan(80);
    assertThat(refused.getFirst()).hasMessageContaining("queue is full");
    child.kill("SIGKILL");
    events.untilClosed();
  }

  @Test
  void aFrameBeyondTheBoundIsRefusedByTheSender() throws Exception {
    ChildProcess child =
        Fork.fork(
            Children.Echo.class,
            ForkOptions.builder().bounds(ChannelBounds.DEFAULT.withMaxFrameBytes(1000)).build());
    Events events = Events.of(child);
    CompletableFuture<ForkError> error = new CompletableFuture<>();
    assertThat(child.send("x".repeat(2000), error::complete)).isFalse();
    assertThat(error.get(5, TimeUnit.SECONDS)).hasMessageContaining("at most 1000 bytes");
    child.send("fine");
    assertThat(events.next()).isEqualTo("fine");
    end(child);
  }

  @Test
  void whatAChildWroteBeforeItExitedInTheCallbackArrivesWhole() throws Exception {
    ChildProcess child = Fork.fork(Children.LastWords.class, "500000");
    Events events = Events.of(child);
    events.untilClosed();
    assertThat(events.messages()).containsExactly("x".repeat(500_000));
  }

  @Test
  void messagesOfAChildThatEndsAtOnceArriveBeforeClose() throws Exception {
    ChildProcess child = Fork.fork(Children.Count.class, "10000");
    Events events = Events.of(child);
    events.untilClosed();
    assertThat(events.messages()).hasSize(10_000);
  }

  @Test
  void nodesInternalMessagesNeverReachListeners() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    Events events = Events.of(child);
    child.send(Map.of("cmd", "NODE_HANDLE"));
    child.send(Map.of("cmd", "NODE_"));
    child.send(Map.of("cmd", "mine", "x", "NODE_y"));
    await().until(() -> events.messages().size() == 2);
    assertThat(events.messages())
        .containsExactly(Map.of("cmd", "NODE_"), Map.of("cmd", "mine", "x", "NODE_y"));
    end(child);
  }

  @Test
  void aMessageOf40MegabytesArrives() throws Exception {
    ChildProcess child = echo(Serialization.JSON);
    Events events = Events.of(child);
    char[] text = new char[40 << 20];
    Arrays.fill(text, 'j');
    String large = new String(text);
    child.send(large);
    await().atMost(40, TimeUnit.SECONDS).until(() -> !events.messages().isEmpty());
    assertThat(events.messages().getFirst().equals(large)).isTrue();
    end(child);
  }
}
