package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.stream.StreamException;
import dev.forklab.fork.stream.StreamException.Reason;
import dev.forklab.fork.stream.StreamOutput;
import dev.forklab.fork.stream.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@ExtendWith(NothingLeft.class)
class StreamsTest {

  private static final long GIBIBYTE = 1L << 30;

  private static void end(ChildProcess child) throws Exception {
    child.disconnect();
    child.closed().get(60, TimeUnit.SECONDS);
  }

  private static void kill(ChildProcess child) throws Exception {
    child.kill("SIGKILL");
    child.closed().get(60, TimeUnit.SECONDS);
  }

  @Test
  void aGibibytePassesToTheChildAndBackInHeapsOf32MebibytesAndMessagesGetThrough()
      throws Exception {
    ChildProcess child =
        Fork.fork(
            StreamChildren.Pump.class,
            ForkOptions.builder().execArgv("-Xmx32m").args(Long.toString(GIBIBYTE)).build());
    CompletableFuture<Map<?, ?>> result = new CompletableFuture<>();
    child.onMessage(message -> result.complete((Map<?, ?>) message));
    child.onExit(exit -> result.completeExceptionally(new AssertionError("no result: " + exit)));
    Map<?, ?> found = result.get(110, TimeUnit.SECONDS);
    child.closed().get(60, TimeUnit.SECONDS);
    assertThat(found.get("bytes")).asString().isEqualTo(Long.toString(GIBIBYTE));
    assertThat(found.get("found")).isEqualTo(found.get("sent"));
    assertThat(Long.parseLong(String.valueOf(found.get("messages")))).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 262_144, 262_145, 1_000_000})
  void streamsOfAllSizesComeBackWhole(int size) throws Exception {
    ChildProcess child = Fork.fork(StreamChildren.Echo.class);
    CompletableFuture<long[]> back = new CompletableFuture<>();
    CompletableFuture<String> backName = new CompletableFuture<>();
    child.onStream((name, in) -> {
      backName.complete(name);
      back.complete(StreamChildren.drain(in));
    });
    CRC32C sum = new CRC32C();
    try (StreamOutput out = child.openStream("of \u20ac " + size)) {
      StreamChildren.fill(out, size, sum);
    }
    assertThat(back.get(30, TimeUnit.SECONDS)).containsExactly(size, sum.getValue());
    assertThat(backName.join()).isEqualTo("of \u20ac " + size);
    end(child);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 65_535})
  void streamsComeBackWholeOverAChannelOfSmallFrames(int maxFrameBytes) throws Exception {
    int size = 100_000;
    ChildProcess child =
        Fork.fork(
            StreamChildren.Echo.class,
            ForkOptions.builder()
                .bounds(ChannelBounds.DEFAULT.withMaxFrameBytes(maxFrameBytes))
                .build());
    CompletableFuture<long[]> back = new CompletableFuture<>();
    child.onStream((_, in) -> back.complete(StreamChildren.drain(in)));
    child.onError(back::completeExceptionally);
    CRC32C sum = new CRC32C();
    try (StreamOutput out = child.openStream("small")) {
      StreamChildren.fill(out, size, sum);
    }
    assertThat(back.get(30, TimeUnit.SECONDS)).containsExactly(size, sum.getValue());
    end(child);
  }

  @Test
  void bytesWrittenOneByOneAndFlushedArriveAtOnce() throws Exception {
    ChildProcess child = Fork.fork(StreamChildren.EchoAtOnce.class);
    CompletableFuture<InputStream> back = new CompletableFuture<>();
    child.onStream((_, in) -> back.complete(in));
    StreamOutput out = child.openStream("chat");
    out.write(0);
    out.flush();
    InputStream in = back.get(30, TimeUnit.SECONDS);
    assertThat(in.read()).isZero();
    for (int i = 1; i < 300; i++) {
      out.write(i);
      out.flush();
      assertThat(in.read()).isEqualTo(i & 0xff);
    }
    out.close();
    assertThat(in.read()).isEqualTo(-1);
    in.close();
    end(child);
  }

  @Test
  void manyStreamsRunSideBySideAndAreNotMixed() throws Exception {
    int count = Streams.MAX_OPEN + 40;
    int size = 300_000;
    ChildProcess child =
        Fork.fork(StreamChildren.Echo.class, ForkOptions.builder().execArgv("-Xmx128m").build());
    List<ForkError> errors = Collections.synchronizedList(new ArrayList<>());
    child.onError(errors::add);
    Map<String, Long> back = new ConcurrentHashMap<>();
    child.onStream((name, in) -> {
      long[] found = StreamChildren.drain(in);
      back.put(name, found[0] == size ? found[1] : -1);
    });
    Map<String, Long> sums = new ConcurrentHashMap<>();
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "s" + i;
      writers.add(
          Thread.ofVirtual()
              .start(() -> {
                CRC32C sum = new CRC32C();
                sum.update(name.getBytes(UTF_8));
                try (StreamOutput out = child.openStream(name)) {
                  StreamChildren.fill(out, size, new CRC32C());
                } catch (IOException e) {
                  sums.put(name, -2L);
                  return;
                }
                CRC32C content = new CRC32C();
                try {
                  StreamChildren.fill(java.io.OutputStream.nullOutputStream(), size, content);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
                sums.put(name, content.getValue());
              }));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(errors).isEmpty();
    await().atMost(60, TimeUnit.SECONDS).until(() -> back.size() == count);
    assertThat(back).isEqualTo(sums);
    end(child);
  }

  @Test
  void aReaderThatNeverReadsHoldsTheWriterAndNotTheMessages() throws Exception {
    ChildProcess child = Fork.fork(StreamChildren.Deaf.class);
    Events events = Events.of(child);
    StreamOutput out = child.openStream("ignored");
    CompletableFuture<Throwable> met = new CompletableFuture<>();
    long[] written = {0};
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (true) {
                  out.write(new byte[10_000]);
                  written[0] += 10_000;
                }
              } catch (IOException e) {
                met.complete(e);
              }
            });
    await().until(() -> writer.getState() == Thread.State.WAITING);
    child.send("still");
    assertThat(events.next()).isEqualTo("still");
    assertThat(met).isNotDone();
    kill(child);
    assertThat(met.get(30, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED));
    writer.join();
    assertThat(written[0]).isLessThan(1 << 20);
  }

  @Test
  void aReaderThatClosesEarlyIsANamedErrorForTheWriter() throws Exception {
    ChildProcess child = Fork.fork(StreamChildren.Picky.class);
    Events events = Events.of(child);
    StreamOutput out = child.openStream("long");
    assertThatThrownBy(
            () -> {
              while (true) {
                out.write(new byte[50_000]);
              }
            })
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
        .hasMessageContaining("the reader closed the stream 'long' before its end");
    assertThatThrownBy(out::close).isInstanceOf(StreamException.class);
    assertThat(events.next()).isEqualTo(0);
    end(child);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abort", "halt"})
  void aWriterThatGivesUpOrDiesIsANamedErrorForTheReaderAfterWhatItWrote(String how)
      throws Exception {
    ChildProcess child = Fork.fork(StreamChildren.Quitter.class, how);
    CompletableFuture<StreamException> met = new CompletableFuture<>();
    long[] count = {0};
    child.onStream((_, in) -> {
      try (in) {
        while (in.read() >= 0) {
          count[0]++;
        }
      } catch (StreamException e) {
        met.complete(e);
      }
    });
    StreamException error = met.get(30, TimeUnit.SECONDS);
    child.closed().get(30, TimeUnit.SECONDS);
    assertThat(count[0]).isEqualTo(100_000);
    if (how.equals("abort")) {
      assertThat(error.reason()).isEqualTo(Reason.ABORTED);
      assertThat(error).hasMessageContaining("out of paper");
    } else {
      assertThat(error.reason()).isEqualTo(Reason.DISCONNECTED);
    }
  }

  @Test
  void aParentsAbortIsANamedErrorForTheChildAndNotAnEnd() throws Exception {
    ChildProcess child = Fork.fork(StreamChildren.Listener.class);
    Events events = Events.of(child);
    try (StreamOutput out = child.openStream("x")) {
      out.write(new byte[10]);
      out.abort("changed my mind");
      assertThatThrownBy(() -> out.write(1)).isInstanceOf(StreamException.class);
    }
    assertThat((String) events.next()).startsWith("ABORTED").contains("changed my mind");
    try (StreamOutput out = child.openStream("y")) {
      out.write(new byte[10]);
    }
    assertThat(events.next()).isEqualTo("end after 10");
    end(child);
  }

  @Test
  void aDisconnectEndsWhatIsOpenAndKeepsWhatHasEnded() throws Exception {
    ChildProcess child = Fork.fork(StreamChildren.Deaf.class);
    StreamOutput open = child.openStream("open");
    child.openStream("ended").close();
    child.disconnect();
    await()
        .untilAsserted(() ->
            assertThatThrownBy(() -> child.openStream("late")).isInstanceOf(StreamException.class));
    assertThatThrownBy(() -> open.write(1))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED));
    kill(child);
  }

  @Test
  void aListenerThatWouldWaitForItselfIsToldSoInsteadOfHanging() throws Exception {
    ChildProcess child = Fork.fork(StreamChildren.Impatient.class);
    Events events = Events.of(child);
    child.onStream((_, in) -> in.close());
    assertThat(events.next()).isEqualTo("listening");
    child.send("go");
    assertThat((String) events.next()).contains("holds up the channel");
    end(child);
  }
}
