package dev.forklab.fork.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Moves a channel that began on pipes to a socket. A JVM opens pipes at once, and small messages
/// travel on them faster; much is carried for less by a socket, for streams of files copy each byte
/// once more, and pipes take a page for each 4 KiB.
///
/// So once [#WORTHWHILE_BYTES] have gone by in large pieces:
///
/// ```
///   parent                                    child
///   MOVE path; what it sends waits  ──pipe─►  connects; reads the socket from now on
///   accepts; reads and writes       ◄─pipe──  MOVE; writes the socket from now on
///   the socket from now on
/// ```
///
/// `MOVE` is the last frame on each pipe, so the order of frames stays what it was. A child that
/// cannot connect (it has no descriptor left, say) answers `STAY`, and all goes on as before.
final class SocketMove implements AutoCloseable {

  /// A piece that a single small message, or a few, would not be.
  static final int LARGE_BYTES = 16 << 10;

  /// What a first socket costs a JVM is little beside what carrying so much does.
  static final long WORTHWHILE_BYTES = 4 << 20;

  private final FrameWriter writer;
  // Of the parent's end; the child's has none.
  private final @Nullable PeerCheck child;
  private final AtomicBoolean offering = new AtomicBoolean();
  // Of the loop thread.
  private long largeBytes;
  // Guarded by this.
  private @Nullable PrivateSocket offered;
  private boolean closed;

  private SocketMove(FrameWriter writer, @Nullable PeerCheck child) {
    this.writer = writer;
    this.child = child;
  }

  /// The parent's end.
  static SocketMove ofParent(FrameWriter writer, PeerCheck child) {
    return new SocketMove(writer, child);
  }

  /// The child's end.
  static SocketMove ofChild(FrameWriter writer) {
    return new SocketMove(writer, null);
  }

  /// So many bytes were read at once. For the loop thread.
  void read(int bytes) {
    if (bytes >= LARGE_BYTES) {
      largeBytes += bytes;
      offerIfWorthwhile(largeBytes);
    }
  }

  /// Something may have been written. Any thread.
  void written() {
    offerIfWorthwhile(writer.largeBytes());
  }

  private void offerIfWorthwhile(long carried) {
    if (carried >= WORTHWHILE_BYTES
        && child != null
        && !offering.get()
        && offering.compareAndSet(false, true)) {
      offer();
    }
  }

  private void offer() {
    try {
      PrivateSocket socket = PrivateSocket.open(OptionalInt.empty());
      if (!keep(socket)) {
        socket.close();
        return;
      }
      writer.move(new Frame(FrameKind.MOVE, 0, socket.file().toString().getBytes(UTF_8)), null);
    } catch (IOException _) {
      // No socket, or the channel has ended: it goes on as it began, or not at all.
    }
  }

  private synchronized boolean keep(PrivateSocket socket) {
    offered = closed ? null : socket;
    return !closed;
  }

  private synchronized @Nullable PrivateSocket take() {
    PrivateSocket taken = offered;
    offered = null;
    return taken;
  }

  /// Does what the peer asks for or answers. For the loop thread.
  ///
  /// @return the wire to read from now on; null if that stays the same
  /// @throws FrameException if it had no reason to
  @Nullable Wire heard(Frame frame) throws IOException {
    return child == null ? asked(frame) : answered(frame, child);
  }

  private @Nullable Wire asked(Frame frame) throws IOException {
    if (frame.kind() != FrameKind.MOVE) {
      throw FrameException.unexpected(frame.kind(), "nothing was offered");
    }
    SocketWire to;
    try {
      to = wire(ChildEnd.connect(Path.of(new String(frame.body(), UTF_8))));
    } catch (IOException | RuntimeException | LinkageError e) {
      // Without a descriptor not even the JDK's library can be loaded.
      writer.addReserved(
          new Frame(FrameKind.STAY, 0, String.valueOf(e.getMessage()).getBytes(UTF_8)),
          Written.ignored());
      writer.pump();
      return null;
    }
    writer.move(Frame.bare(FrameKind.MOVE, 0), to);
    return to;
  }

  private static SocketWire wire(SocketChannel socket) throws IOException {
    try {
      return new SocketWire(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private @Nullable Wire answered(Frame frame, PeerCheck check) throws IOException {
    try (PrivateSocket socket = take()) {
      if (socket == null) {
        throw FrameException.unexpected(frame.kind(), "nothing was offered");
      }
      if (frame.kind() == FrameKind.STAY) {
        writer.stay();
        return null;
      }
      socket.childIsGone(); // It says that it has connected: nothing is waited for.
      SocketWire to = wire(socket.accept(() -> check.isPeerAt(socket.file())));
      writer.attach(to);
      return to;
    } catch (EOFException _) {
      throw FrameException.unexpected(frame.kind(), "it has not connected");
    }
  }

  @Override
  public void close() throws IOException {
    PrivateSocket left;
    synchronized (this) {
      closed = true;
      left = take();
    }
    if (left != null) {
      left.close();
    }
  }
}
