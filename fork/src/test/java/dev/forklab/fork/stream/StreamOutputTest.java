package dev.forklab.fork.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.PrivateSocket;
import dev.forklab.fork.data.ChannelBounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A stream's writing end, and the frames that arrive at a peer that gives no credit.
@Timeout(60)
class StreamOutputTest {

  private final FrameChannel channel = new FrameChannel(ChannelBounds.DEFAULT);
  private final FrameChannel peer = new FrameChannel(ChannelBounds.DEFAULT);
  private final List<Frame> arrived = new CopyOnWriteArrayList<>();
  private boolean inListener;
  private final Streams streams =
      new Streams(channel, 1 << 20, Waiting.besideListeners(() -> inListener), true, _ -> {});

  @BeforeEach
  void connect() throws IOException {
    try (PrivateSocket socket = PrivateSocket.open(OptionalInt.empty())) {
      SocketChannel there = SocketChannel.open(UnixDomainSocketAddress.of(socket.file()));
      channel.attach(socket.accept());
      peer.attach(there);
    }
    loop(channel, streams::receive);
    loop(peer, arrived::add);
  }

  private static void loop(FrameChannel end, Consumer<Frame> handler) {
    Thread.ofPlatform()
        .start(() -> {
          try {
            end.readToEnd(handler);
          } catch (IOException _) {
            // The test closes the channels under their threads.
          }
        });
  }

  @AfterEach
  void close() {
    channel.close();
    peer.close();
  }

  /// The stream's end, once it has come.
  private Frame end() {
    await().until(() -> arrived.stream().anyMatch(StreamOutputTest::isEnd));
    return arrived.stream().filter(StreamOutputTest::isEnd).findFirst().orElseThrow();
  }

  private static boolean isEnd(Frame frame) {
    return frame.kind() == FrameKind.STREAM_END;
  }

  private byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    arrived.stream()
        .filter(frame -> frame.kind() == FrameKind.STREAM_DATA)
        .forEach(frame -> all.writeBytes(frame.body()));
    return all.toByteArray();
  }

  @Test
  void aListenerMayWriteWhatThereIsRoomFor() throws Exception {
    inListener = true;
    try (StreamOutput out = streams.open("small")) {
      out.write(new byte[] {1, 2, 3});
    }
    assertThat(end().body()).isEmpty();
    assertThat(bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void aCloseThatCannotSendTheRestIsNoCleanEnd() throws Exception {
    inListener = true;
    StreamOutput out = streams.open("large");
    assertThatThrownBy(() -> out.write(new byte[1 << 20]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(out::close).isInstanceOf(IllegalStateException.class);
    assertThat(new String(end().body(), UTF_8)).contains("not sent").contains("holds up");
    out.close();
    assertThat(arrived.stream().filter(StreamOutputTest::isEnd)).hasSize(1);
  }

  @Test
  void anInterruptedFlushGoesOnWhereItStopped() throws Exception {
    byte[] content = new byte[Streams.WINDOW_BYTES + 10];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i % 251);
    }
    StreamOutput out = streams.open("x");
    out.write(content, 0, content.length - 20);
    out.flush();
    await().until(() -> channel.queuedBytes() == 0);
    out.write(content, content.length - 20, 20);
    Thread.currentThread().interrupt();
    assertThatThrownBy(out::flush).isInstanceOf(InterruptedIOException.class); // Half is sent.
    assertThat(Thread.interrupted()).isTrue();
    byte[] credit = ByteBuffer.allocate(Integer.BYTES).putInt(1000).array();
    streams.receive(new Frame(FrameKind.STREAM_CREDIT, out.id(), credit));
    out.close();
    assertThat(end().body()).isEmpty();
    assertThat(bytes()).isEqualTo(content);
  }
}
