package dev.forklab.fork.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// The child's end: its channel to the parent, and the lifeline on which a thread of its own waits
/// for the parent's end.
///
/// The *lifeline thread* does nothing but block in a read of the second connection. It answers the
/// parent's questions about the heap, and when the parent's end closes (which the kernel does
/// however the parent dies) it halts this JVM at once: a busy loop, a full queue, a stopped
/// listener or a changed parent pid do not matter to it.
public final class ChildEnd {

  /// The exit code of a child whose parent went away.
  public static final int PARENT_GONE_EXIT_CODE = 113;

  private final FrameChannel channel;

  private ChildEnd(FrameChannel channel) {
    this.channel = channel;
  }

  /// Connects to the parent that listens at `file`.
  ///
  /// @param outlivesParent whether the child goes on when its parent has ended
  public static ChildEnd connect(Path file, ChannelBounds bounds, boolean outlivesParent)
      throws IOException {
    FrameChannel channel = new FrameChannel(bounds);
    connect(file, channel, outlivesParent);
    return new ChildEnd(channel);
  }

  /// The same for a channel that there is already: what was sent on it before is written then.
  public static void connect(Path file, FrameChannel channel, boolean outlivesParent)
      throws IOException {
    SocketChannel socket = connect(file);
    SocketChannel lifeline = connect(file);
    channel.attach(socket);
    Thread thread =
        new Thread(null, () -> guard(file, lifeline, outlivesParent), "fork-lifeline", 128 << 10);
    thread.setDaemon(true);
    thread.start();
  }

  /// Connects a child that the parent does not know to be a JVM: it has no lifeline, and must end
  /// by itself when the channel does.
  public static FrameChannel connectWithoutLifeline(Path file, ChannelBounds bounds)
      throws IOException {
    FrameChannel channel = new FrameChannel(bounds);
    channel.attach(connect(file));
    return channel;
  }

  private static SocketChannel connect(Path file) throws IOException {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(file));
    } catch (ConnectException e) {
      PrivateSocket.removeAbandoned(file); // Nobody listens: the parent has ended.
      throw e;
    }
  }

  /// Frames to and from the parent.
  public FrameChannel channel() {
    return channel;
  }

  private static void guard(Path file, SocketChannel lifeline, boolean outlivesParent) {
    try {
      ByteBuffer question = ByteBuffer.allocateDirect(1);
      ByteBuffer answer = ByteBuffer.allocateDirect(Lifeline.ANSWER_BYTES); // All of it is sent.
      while (lifeline.read(question.clear()) > 0) {
        answer.clear();
        switch (question.get(0)) {
          case Lifeline.HEAP_WORK -> HeapWork.ofThisJvm().putInto(answer);
          case Lifeline.JVM -> JvmReport.ofThisJvm().putInto(answer);
          default -> HeapUse.ofThisJvm().putInto(answer);
        }
        lifeline.write(answer.position(0).limit(Lifeline.ANSWER_BYTES));
      }
    } catch (IOException | RuntimeException | Error _) {
      // Whatever went wrong here, the parent can no longer be watched: as if it had gone.
    }
    try {
      PrivateSocket.removeAbandoned(file); // Still there if it ended before it had accepted us.
    } catch (IOException | RuntimeException | Error _) {
      // Nothing hangs on it: it is a file that nobody listens at.
    }
    if (!outlivesParent) {
      Runtime.getRuntime().halt(PARENT_GONE_EXIT_CODE);
    }
  }
}
