package dev.forklab.fork.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.fork.data.ChannelBounds;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrameChannelTest {

  private record Pair(SocketChannel here, SocketChannel there) implements AutoCloseable {

    static Pair open() throws IOException {
      try (PrivateSocket socket = PrivateSocket.open(OptionalInt.empty())) {
        SocketChannel there = SocketChannel.open(UnixDomainSocketAddress.of(socket.file()));
        return new Pair(socket.accept(), there);
      }
    }

    @Override
    public void close() throws IOException {
      here.close();
      there.close();
    }
  }

  @Test
  void whoLetsGoOfTheOwnershipLeavesTheBufferEmptyForTheNext() throws Exception {
    Outbox outbox = new Outbox(ChannelBounds.DEFAULT);
    outbox.attach();
    outbox.add(new Outgoing(new Frame(FrameKind.MESSAGE, 1, new byte[3]), Written.ignored()));
    ByteBuffer buffer = ByteBuffer.allocate(100);
    assertThat(outbox.tryOwn()).isTrue();
    assertThat(outbox.fillOrRelease(buffer)).isTrue();
    assertThat(outbox.tryOwn()).isFalse();
    assertThat(outbox.fillOrRelease(buffer.clear())).isFalse();
    // Empty at the moment of the release: afterwards would be too late.
    assertThat(buffer.remaining()).isZero();
    outbox.add(new Outgoing(new Frame(FrameKind.MESSAGE, 2, new byte[3]), Written.ignored()));
    assertThat(outbox.tryOwn()).isTrue();
  }

  @Test
  @SuppressWarnings("try") // Closing the channels is what ends the loop thread.
  void manySendersOfSmallFramesNeverMixTheirBytes() throws Exception {
    int senders = 4;
    int each = 50_000;
    try (Pair pair = Pair.open();
        FrameChannel out = new FrameChannel(ChannelBounds.DEFAULT);
        FrameChannel in = new FrameChannel(ChannelBounds.DEFAULT)) {
      out.attach(pair.here());
      in.attach(pair.there());
      Thread writer = Thread.ofPlatform().start(() -> swallow(() -> out.readToEnd(_ -> {})));
      for (int sender = 0; sender < senders; sender++) {
        long id = sender;
        Thread.ofPlatform()
            .start(() ->
                swallow(() -> {
                  for (int i = 0; i < each; i++) {
                    out.send(new Frame(FrameKind.MESSAGE, id, new byte[i % 40]));
                  }
                }));
      }
      int[] count = new int[senders];
      int[] total = {0};
      do {
        in.await();
        in.readAvailable(frame -> {
          assertThat(frame.body()).hasSize(count[(int) frame.id()]++ % 40);
          total[0]++;
        });
      } while (total[0] < senders * each);
      in.close();
      writer.join();
    }
  }

  @Test
  void whatListenersSendAmidABurstIsWrittenTogetherAtItsEnd() throws Exception {
    List<String> seen = new ArrayList<>();
    try (Pair pair = Pair.open();
        FrameChannel burst = new FrameChannel(ChannelBounds.DEFAULT);
        FrameChannel replies =
            new FrameChannel(ChannelBounds.DEFAULT, false, _ -> seen.add("watched"))) {
      burst.attach(pair.there());
      sendSmall(burst, 3);
      replies.attach(pair.here());
      replies.await();
      replies.readAvailable(frame -> {
        seen.add("heard");
        swallow(() -> replies.sendSoon(frame, written(seen)));
      });
      assertThat(replies.queuedBytes()).isZero();
      burst.await();
      burst.readAvailable(frame -> seen.add("back"));
    }
    assertThat(seen)
        .containsExactly(
            "heard", "watched", "heard", "heard", "leaving", "leaving", "leaving", "back", "back",
            "back");
  }

  private static void awaitForEver(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sendSmall(FrameChannel out, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      out.send(new Frame(FrameKind.MESSAGE, i, new byte[i]));
    }
  }

  private static Written written(List<String> seen) {
    return new Written() {
      @Override
      public void leaving() {
        seen.add("leaving");
      }

      @Override
      public void done(@Nullable IOException failure) {
        // Its bytes have been read when it matters.
      }
    };
  }

  @Test
  @SuppressWarnings("try") // Closing the channel is what ends the reader.
  void aListenerThatBlocksAmidABurstIsHeardAllTheSame() throws Exception {
    try (Pair pair = Pair.open();
        FrameChannel burst = new FrameChannel(ChannelBounds.DEFAULT);
        FrameChannel replies = new FrameChannel(ChannelBounds.DEFAULT)) {
      burst.attach(pair.there());
      sendSmall(burst, 3);
      replies.attach(pair.here());
      CountDownLatch back = new CountDownLatch(1);
      Thread reader =
          Thread.ofPlatform().start(() -> swallow(() -> burst.readToEnd(_ -> back.countDown())));
      replies.await();
      replies.readAvailable(frame ->
          swallow(() -> {
            replies.sendSoon(frame, Written.ignored());
            awaitForEver(back); // The test's time runs out if the reply is not written meanwhile.
          }));
      assertThat(back.getCount()).isZero();
      burst.close();
      reader.join();
    }
  }

  @SuppressWarnings("try") // The writer ends when its peer is closed, which is what joins it.
  @Test
  void framesOfManySendersArriveWholeAndEachSendersInOrder() throws Exception {
    int senders = 4;
    int each = 2_000;
    try (Pair pair = Pair.open();
        FrameChannel out = new FrameChannel(ChannelBounds.DEFAULT);
        FrameChannel in = new FrameChannel(ChannelBounds.DEFAULT)) {
      out.attach(pair.here());
      in.attach(pair.there());
      Thread writer = Thread.ofPlatform().start(() -> swallow(() -> out.readToEnd(_ -> {})));
      List<Thread> threads =
          IntStream.range(0, senders)
              .mapToObj(sender ->
                  Thread.ofPlatform().start(() -> swallow(() -> sendAll(out, sender, each))))
              .toList();
      ConcurrentHashMap<Long, Integer> next = new ConcurrentHashMap<>();
      List<String> wrong = new ArrayList<>();
      int[] count = {0};
      do {
        in.await();
        in.readAvailable(frame -> {
          int number = ByteBuffer.wrap(frame.body()).getInt();
          int expected = next.getOrDefault(frame.id(), 0);
          if (number != expected) {
            wrong.add(frame.id() + ": " + number + " for " + expected);
          }
          next.put(frame.id(), number + 1);
          count[0]++;
        });
      } while (count[0] < senders * each);
      assertThat(wrong).isEmpty();
      for (Thread thread : threads) {
        thread.join();
      }
      in.close();
      writer.join();
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void swallow(Action action) {
    try {
      action.run();
    } catch (IOException _) {
      // The test ends the channel under the threads that use it.
    }
  }

  private static void sendAll(FrameChannel out, long sender, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      byte[] body = new byte[4 + (i % 50 == 0 ? 100_000 : i % 300)];
      ByteBuffer.wrap(body).putInt(i);
      out.send(new Frame(FrameKind.MESSAGE, sender, body));
    }
  }

  /// The peer's socket stays open, as a grandchild would hold it: only the word ends the wait.
  @Test
  void thatThePeerIsGoneIsHeardEvenWhileThereIsSomethingElseToDo() throws Exception {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 2_000; round++) {
      try (Pair pair = Pair.open();
          FrameChannel in = new FrameChannel(ChannelBounds.DEFAULT)) {
        in.attach(pair.here());
        Thread reader = Thread.ofPlatform().start(() -> swallow(() -> in.readToEnd(_ -> {})));
        in.whenRead(() -> {});
        for (int spins = random.nextInt(20_000); spins > 0; spins--) {
          Thread.onSpinWait();
        }
        in.peerIsGone();
        assertThat(reader.join(Duration.ofSeconds(10)))
            .as("seed %d, round %d", seed, round)
            .isTrue();
      }
    }
  }

  /// As a process does that the peer started and left behind.
  @Test
  @SuppressWarnings("try") // Closing the channel is what ends the flood.
  void whatOthersWriteToTheSocketOfAPeerThatIsGoneDoesNotKeepTheEndAway() throws Exception {
    try (Pair pair = Pair.open();
        FrameChannel in = new FrameChannel(ChannelBounds.DEFAULT)) {
      in.attach(pair.here());
      Thread flood = Thread.ofPlatform().start(() -> swallow(() -> flood(pair.there())));
      in.peerIsGone();
      in.readToEnd(_ -> {});
      in.close();
      flood.join();
    }
  }

  private static void flood(SocketChannel to) throws IOException {
    ByteBuffer frames = ByteBuffer.allocate(FrameLayout.HEADER_BYTES << 12);
    while (frames.hasRemaining()) {
      FrameLayout.putHeader(frames, Frame.bare(FrameKind.MESSAGE, 0));
    }
    while (true) {
      to.write(frames.rewind());
    }
  }

  @Test
  void aLoopThreadThatAHandlerLeftInterruptedWaitsAllTheSame() throws Exception {
    List<Boolean> interrupted = new ArrayList<>();
    try (ModelSocket socket = new ModelSocket();
        FrameChannel channel = new FrameChannel(ChannelBounds.DEFAULT)) {
      channel.attach(socket);
      socket.at(0, () -> socket.arrive(2));
      socket.at(5, () -> interrupted.add(Thread.currentThread().isInterrupted()));
      assertThatThrownBy(() ->
              channel.readToEnd(_ -> {
                interrupted.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
              }))
          .isInstanceOf(ModelSocket.SleepsForEverException.class);
    }
    assertThat(interrupted).containsExactly(false, false, false);
  }

  @Test
  void halfAFrameAtTheEndIsANamedError() throws Exception {
    try (Pair pair = Pair.open();
        FrameChannel in = new FrameChannel(ChannelBounds.DEFAULT)) {
      in.attach(pair.here());
      ByteBuffer header = FrameLayout.newHeader();
      FrameLayout.putHeader(header, new Frame(FrameKind.MESSAGE, 0, new byte[100]));
      pair.there().write(header.flip());
      pair.there().close();
      assertThatThrownBy(() -> in.readToEnd(_ -> {}))
          .isInstanceOfSatisfying(
              FrameException.class,
              e -> assertThat(e.reason()).isEqualTo(FrameException.Reason.TRUNCATED))
          .hasMessageContaining("100 bytes are missing");
    }
  }

  @Test
  void aFullQueueRefusesAndTheChannelStaysUsable() throws Exception {
    try (Pair pair = Pair.open();
        FrameChannel out = new FrameChannel(new ChannelBounds(1 << 20, 1 << 20, 0))) {
      out.attach(pair.here());
      byte[] body = new byte[600_000];
      out.send(new Frame(FrameKind.MESSAGE, 0, body));
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10; i++) {
                  out.send(new Frame(FrameKind.MESSAGE, 0, body));
                }
              })
          .isInstanceOf(QueueFullException.class);
    }
  }

  @Test
  void whatWaitsWhenTheChannelClosesFailsOnce() throws Exception {
    CompletableFuture<Boolean> failed = new CompletableFuture<>();
    try (Pair pair = Pair.open();
        FrameChannel out = new FrameChannel(ChannelBounds.DEFAULT)) {
      out.attach(pair.here());
      out.send(
          new Frame(FrameKind.MESSAGE, 0, new byte[10 << 20]), e -> failed.complete(e != null));
    }
    assertThat(failed.get(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPeerThatMovesUnaskedOrLiesAboutItIsNotFollowed() throws Exception {
    for (FrameKind kind : List.of(FrameKind.MOVE, FrameKind.OFFER)) {
      try (Pair pair = Pair.open();
          FrameChannel parent = new FrameChannel(ChannelBounds.DEFAULT);
          FrameChannel child = new FrameChannel(ChannelBounds.DEFAULT)) {
        parent.attach(new SocketWire(pair.here()), _ -> true);
        child.attach(pair.there());
        child.send(Frame.bare(kind, 0));
        assertUnexpected(parent);
      }
    }
    try (Pair pair = Pair.open();
        FrameChannel parent = new FrameChannel(ChannelBounds.DEFAULT);
        FrameChannel child = new FrameChannel(ChannelBounds.DEFAULT)) {
      parent.attach(new SocketWire(pair.here()), _ -> true);
      child.attach(pair.there());
      for (long carried = 0; carried <= SocketMove.WORTHWHILE_BYTES; carried += 1 << 20) {
        child.send(new Frame(FrameKind.BYTES, 0, new byte[1 << 20]));
      }
      List<Frame> offers = new ArrayList<>();
      while (offers.isEmpty()) {
        child.resume();
        parent.resume();
        parent.readAvailable(_ -> {});
        child.readAvailable(offers::add);
      }
      assertThat(offers).extracting(Frame::kind).containsExactly(FrameKind.OFFER);
      child.send(Frame.bare(FrameKind.MOVE, 0)); // It has not connected.
      assertUnexpected(parent);
    }
  }

  private static void assertUnexpected(FrameChannel end) {
    assertThatThrownBy(() -> end.readToEnd(_ -> {}))
        .isInstanceOfSatisfying(
            FrameException.class,
            e -> assertThat(e.reason()).isEqualTo(FrameException.Reason.UNEXPECTED));
  }
}
