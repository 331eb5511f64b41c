package dev.forklab.fork.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.fork.NothingLeft;
import dev.forklab.fork.data.ChannelBounds;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Both ends are of the kind that a child has; the pipes have names, so that the test can open them
/// as a child opens what it inherits.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class StreamWireTest {

  /// What a pipe of Linux holds unless it was told otherwise.
  private static final int CAPACITY_BYTES = 64 << 10;

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void hasNamedPipes() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "mkfifo is not installed");
  }

  private record Ends(StreamWire here, StreamWire there) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try (here) {
        there.close();
      }
    }
  }

  private Ends open() throws Exception {
    String one = directory.resolve("one").toString();
    String other = directory.resolve("other").toString();
    assertThat(new ProcessBuilder("mkfifo", one, other).start().waitFor()).isZero();
    // One end of a named pipe waits for the other, unless both are open already.
    try (RandomAccessFile _ = new RandomAccessFile(one, "rw");
        RandomAccessFile _ = new RandomAccessFile(other, "rw")) {
      return new Ends(
          new StreamWire(one, other, CAPACITY_BYTES), new StreamWire(other, one, CAPACITY_BYTES));
    }
  }

  private static FrameChannel on(StreamWire wire) throws IOException {
    FrameChannel channel = new FrameChannel(ChannelBounds.DEFAULT);
    channel.attach(wire);
    return channel;
  }

  private static Frame numbered(int number, int bytes) {
    byte[] body = new byte[Math.max(Integer.BYTES, bytes)];
    ByteBuffer.wrap(body).putInt(number);
    return new Frame(FrameKind.MESSAGE, number, body);
  }

  @Test
  void noSendBlocksThoughNobodyReadsAndAllOfItArrivesInOrderWhenSomebodyDoes() throws Exception {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> sizes = new ArrayList<>();
    try (Ends ends = open();
        FrameChannel out = on(ends.here());
        FrameChannel in = on(ends.there())) {
      for (int i = 0; i < 3_000; i++) {
        sizes.add(random.nextInt(1 << random.nextInt(3, 18)) + Integer.BYTES);
        out.send(numbered(i, sizes.getLast())); // The test's time runs out if one blocks.
      }
      assertThat(out.queuedBytes()).isGreaterThan(CAPACITY_BYTES);
      List<Integer> read = new ArrayList<>();
      while (read.size() < sizes.size()) {
        in.await();
        in.readAvailable(frame -> {
          assertThat(frame.id()).as("seed %d", seed).isEqualTo(read.size());
          assertThat(ByteBuffer.wrap(frame.body()).getInt()).isEqualTo(read.size());
          read.add(frame.body().length);
        });
      }
      assertThat(read).as("seed %d", seed).isEqualTo(sizes);
      await().until(() -> out.queuedBytes() == 0);
    }
  }

  @Test
  void bothEndsMaySendMegabytesBeforeEitherReads() throws Exception {
    int each = 40;
    try (Ends ends = open();
        FrameChannel one = on(ends.here());
        FrameChannel other = on(ends.there())) {
      for (int i = 0; i < each; i++) {
        one.send(numbered(i, 1 << 20));
        other.send(numbered(i, 1 << 20));
      }
      for (FrameChannel end : List.of(one, other)) {
        int[] count = {0};
        while (count[0] < each) {
          end.await();
          end.readAvailable(frame -> assertThat(frame.id()).isEqualTo(count[0]++));
        }
      }
    }
  }

  @Test
  void asManySlotsAreFilledAsAreSurelyFreeAndNoMore() throws Exception {
    try (Ends ends = open()) {
      StreamWire out = ends.here();
      // Bytes that share no page with those before: the fewest that a pipe holds.
      ByteBuffer odd = ByteBuffer.allocate(2_500);
      int written = 0;
      do {
        out.write(odd.clear());
        written += odd.position();
      } while (odd.position() > 0);
      assertThat(written).isEqualTo(16 * 2_500);
      assertThat(ends.there().read(ByteBuffer.allocate(CAPACITY_BYTES))).isEqualTo(written);
      ByteBuffer all = ByteBuffer.allocate(2 * CAPACITY_BYTES);
      out.write(all);
      assertThat(all.position()).isEqualTo(CAPACITY_BYTES);
    }
  }

  @Test
  void theEndOfThePeerIsReadAfterWhatItWrote() throws Exception {
    try (Ends ends = open();
        FrameChannel in = on(ends.there())) {
      FrameChannel out = on(ends.here());
      out.send(numbered(1, 10));
      out.close();
      List<Long> read = new ArrayList<>();
      in.readToEnd(frame -> read.add(frame.id()));
      assertThat(read).containsExactly(1L);
    }
  }

  @Test
  void whatWaitsFailsOnceWhenBothEndsAreClosedThoughTheWriterIsBlocked() throws Exception {
    CompletableFuture<@Nullable IOException> fate = new CompletableFuture<>();
    try (Ends ends = open()) {
      FrameChannel out = on(ends.here());
      out.send(numbered(1, 10 << 20), fate::complete);
      await().until(StreamWireTest::writerIsInAWrite);
      out.close();
      ends.there().close();
      assertThat(fate.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> out.send(numbered(2, 1))).isInstanceOf(ChannelClosedException.class);
    }
  }

  private static boolean writerIsInAWrite() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getName().equals("fork-writer"))
        .flatMap(each -> List.of(each.getValue()).stream())
        .anyMatch(call -> call.getMethodName().equals("writeBytes"));
  }

  @Test
  void anInterruptedSenderClosesNothing() throws Exception {
    try (Ends ends = open();
        FrameChannel out = on(ends.here());
        FrameChannel in = on(ends.there())) {
      Thread.currentThread().interrupt();
      out.send(numbered(1, 1));
      assertThat(Thread.interrupted()).isTrue();
      out.send(numbered(2, 1));
      int[] count = {0};
      while (count[0] < 2) {
        in.await();
        in.readAvailable(_ -> count[0]++);
      }
    }
  }

  @Test
  @SuppressWarnings("try") // Closing the channel is what ends the reader.
  void aFlushAtTheEndWaitsForWhatTheWriterHas() throws Exception {
    try (Ends ends = open();
        FrameChannel out = on(ends.here());
        FrameChannel in = on(ends.there())) {
      out.send(numbered(1, 10 << 20));
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  in.readToEnd(_ -> {});
                } catch (IOException _) {
                  // Closed at the end of the test.
                }
              });
      out.flush(Duration.ofSeconds(30));
      assertThat(out.queuedBytes()).isZero();
      out.close();
      reader.join();
    }
  }
}
