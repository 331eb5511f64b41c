package dev.forklab.fork.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.stream.StreamException.Reason;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A peer that keeps to nothing takes no more memory than one that does.
@Timeout(60)
class HostileStreamsTest {

  private static final FrameKind[] STREAM_KINDS = {
    FrameKind.STREAM_OPEN,
    FrameKind.STREAM_DATA,
    FrameKind.STREAM_END,
    FrameKind.STREAM_CREDIT,
    FrameKind.STREAM_CLOSED
  };

  private final List<String> violations = new ArrayList<>();
  private final FrameChannel channel = new FrameChannel(ChannelBounds.DEFAULT);
  private final Streams streams =
      new Streams(channel, 1 << 20, Waiting.besideListeners(() -> false), true, violations::add);

  private static Frame open(long id) {
    return new Frame(FrameKind.STREAM_OPEN, id, "x".getBytes(UTF_8));
  }

  private static Frame data(long id, int size) {
    return new Frame(FrameKind.STREAM_DATA, id, new byte[size]);
  }

  @Test
  void bytesBeyondTheCreditAreRefusedAndWhatCameBeforeIsRead() throws Exception {
    CompletableFuture<InputStream> opened = new CompletableFuture<>();
    streams.listen((_, in) -> opened.complete(in));
    streams.receive(open(1));
    streams.receive(data(1, Streams.WINDOW_BYTES));
    assertThat(violations).isEmpty();
    streams.receive(data(1, 1));
    assertThat(violations).singleElement().asString().contains("credit of the stream 'x'");
    InputStream in = opened.get(5, TimeUnit.SECONDS);
    assertThat(in.readNBytes(Streams.WINDOW_BYTES)).hasSize(Streams.WINDOW_BYTES);
    assertThatThrownBy(in::read)
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.VIOLATED));
  }

  @Test
  void moreStreamsThanMayBeOpenAreRefused() {
    for (int id = 0; id < Streams.MAX_OPEN; id++) {
      streams.receive(open(id));
    }
    assertThat(violations).isEmpty();
    streams.receive(open(Streams.MAX_OPEN));
    streams.receive(open(0));
    assertThat(violations).hasSize(2);
  }

  @Test
  void creditThatIsNoCreditDoesNotOpenTheWindow() throws Exception {
    try (StreamOutput out = streams.open("x")) {
      for (int bytes : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
        byte[] body = ByteBuffer.allocate(4).putInt(bytes).array();
        streams.receive(new Frame(FrameKind.STREAM_CREDIT, out.id(), body));
      }
      streams.receive(new Frame(FrameKind.STREAM_CREDIT, out.id(), new byte[3]));
      // The channel has no socket: two chunks wait in it, and the writer waits for them.
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  out.write(new byte[1 << 20]);
                } catch (java.io.IOException _) {
                  // The test ends the stream under the writer.
                }
              });
      org.awaitility.Awaitility.await().until(() -> writer.getState() == Thread.State.WAITING);
      assertThat(channel.queuedBytes()).isLessThan(3L * Streams.CHUNK_BYTES);
      streams.end();
      writer.join();
      out.abort("the test is over");
    } catch (StreamException e) {
      assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED);
    }
  }

  @Test
  void anyFramesEndInBytesOrInANamedViolation() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<String> said = new ArrayList<>();
      Streams any =
          new Streams(
              new FrameChannel(ChannelBounds.DEFAULT),
              1 << 20,
              Waiting.besideListeners(() -> false),
              true,
              said::add);
      for (int i = 0; i < 300; i++) {
        byte[] body = new byte[random.nextInt(random.nextInt(20) == 0 ? 100_000 : 12)];
        random.nextBytes(body);
        FrameKind kind = STREAM_KINDS[random.nextInt(STREAM_KINDS.length)];
        any.receive(new Frame(kind, random.nextLong(-1, 4), body));
      }
      assertThat(said).as("seed %d", seed).allMatch(words -> words.startsWith("expected"));
      assertThat(any.heldBytes())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(5L * Streams.WINDOW_BYTES);
      any.end();
    }
  }

  @Test
  void streamsThatHaveEndedTakeNoMoreThreadsThanMayBeOpen() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger heard = new AtomicInteger();
    streams.listen((_, in) -> {
      in.readAllBytes();
      heard.incrementAndGet();
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    openAndEnd(0);
    await().until(() -> heard.get() == Streams.MAX_OPEN && streams.openInputs() == 0);
    openAndEnd(Streams.MAX_OPEN);
    assertThat(violations).isEmpty();
    assertThat(streams.openInputs()).isEqualTo(Streams.MAX_OPEN); // Nobody reads them yet.
    streams.receive(open(2 * Streams.MAX_OPEN));
    assertThat(violations).hasSize(1);
    go.countDown();
    await().until(() -> heard.get() == 2 * Streams.MAX_OPEN);
  }

  private void openAndEnd(int firstId) {
    for (int id = firstId; id < firstId + Streams.MAX_OPEN; id++) {
      streams.receive(open(id));
      streams.receive(Frame.bare(FrameKind.STREAM_END, id));
    }
  }
}
