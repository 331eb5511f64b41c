package dev.forklab.fork.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Moves a channel that began on pipes to a socket. A JVM opens pipes at once, and small messages
/// travel on them faster; much is carried for less by a socket, for streams of files copy each byte
/// once more, and pipes take a page for each 4 KiB.
///
/// So once [#WORTHWHILE_BYTES] have gone by in large pieces:
///
/// ```
///   parent                                       child
///   listens; OFFER path               ──pipe─►   connects, on a thread for that alone
///   accepts, on a thread for that alone
///   MOVE; writes the socket           ──pipe─►   reads the socket
///   reads the socket                  ◄─pipe──   MOVE; writes the socket
/// ```
///
/// `MOVE` is the last frame on each pipe, so the order of frames stays what it was, and nothing
/// waits meanwhile: a first socket takes a JVM tens of milliseconds. A child that cannot connect
/// (it has no descriptor left, say) answers `STAY`, and all goes on as before.
final class SocketMove implements AutoCloseable {

  /// A piece that a single small message, or a few, would not be.
  static final int LARGE_BYTES = 16 << 10;

  /// What a first socket costs a JVM is little beside what carrying so much does.
  static final long WORTHWHILE_BYTES = 4 << 20;

  private final FrameWriter writer;
  // Of the parent's end; the child's has none.
  private final @Nullable PeerCheck child;
  // Set by whoever begins; completed by the thread that connects or accepts, with null if it could
  // not. No future before: its class is none of those that a child starts with.
  private final AtomicReference<@Nullable CompletableFuture<@Nullable SocketWire>> begun =
      new AtomicReference<>();
  // Of the loop thread.
  private long largeBytes;
  // Guarded by this.
  private @Nullable PrivateSocket listening;
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
    PeerCheck check = child;
    if (carried >= WORTHWHILE_BYTES && check != null && begun.get() == null) {
      boolean _ = begin(connected -> offer(check, connected));
    }
  }

  /// Returns false if somebody has begun before.
  private boolean begin(Consumer<CompletableFuture<@Nullable SocketWire>> connecting) {
    CompletableFuture<@Nullable SocketWire> connected = new CompletableFuture<>();
    boolean first = begun.compareAndSet(null, connected);
    if (first) {
      Thread thread = new Thread(() -> run(connecting, connected), "fork-socket");
      thread.setDaemon(true);
      thread.start();
    }
    return first;
  }

  private void run(
      Consumer<CompletableFuture<@Nullable SocketWire>> connecting,
      CompletableFuture<@Nullable SocketWire> connected) {
    try {
      connecting.accept(connected);
    } finally {
      connected.complete(null); // If it has not been.
      if (isClosed()) {
        closeConnected();
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void offer(PeerCheck check, CompletableFuture<@Nullable SocketWire> connected) {
    try (PrivateSocket socket = PrivateSocket.open(OptionalInt.empty())) {
      listenAt(socket);
      send(new Frame(FrameKind.OFFER, 0, socket.file().toString().getBytes(UTF_8)));
      SocketWire to = wire(socket.accept(check));
      connected.complete(to);
      writer.move(Frame.bare(FrameKind.MOVE, 0), to, Written.ignored());
    } catch (IOException _) {
      // No socket, no child or no channel any more: it goes on as it began, or not at all.
    } finally {
      listenAt(null);
    }
  }

  private void send(Frame frame) throws IOException {
    writer.addReserved(frame, Written.ignored());
    writer.pump();
  }

  private synchronized void listenAt(@Nullable PrivateSocket socket) {
    listening = socket;
    if (closed) {
      stopListening();
    }
  }

  private synchronized void stopListening() {
    PrivateSocket socket = listening;
    if (socket != null) {
      socket.childIsGone(); // Who accepts waits no longer, and closes it.
    }
  }

  private static SocketWire wire(SocketChannel socket) throws IOException {
    try {
      return new SocketWire(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Does what the peer asks for. For the loop thread, which reads `old` so far.
  ///
  /// @return the wire to read from now on; null if that stays the same
  /// @throws FrameException if it had no reason to ask
  @Nullable Wire heard(Frame frame, Wire old) throws IOException {
    // No switch: its table would be a class, which one without a descriptor may not get.
    if (frame.kind() == FrameKind.OFFER) {
      return asked(frame);
    }
    if (frame.kind() == FrameKind.STAY) {
      stopListening();
      return null;
    }
    return moved(frame, old);
  }

  private @Nullable Wire asked(Frame frame) throws FrameException {
    if (child != null || !begin(connected -> connect(frame.body(), connected))) {
      throw FrameException.unexpected(frame.kind());
    }
    return null;
  }

  private void connect(byte[] path, CompletableFuture<@Nullable SocketWire> connected) {
    try {
      connected.complete(connected(Path.of(new String(path, UTF_8))));
    } catch (IOException | RuntimeException | LinkageError _) {
      // Without a descriptor not even the JDK's library can be loaded.
      stay();
    }
  }

  private static SocketWire connected(Path file) throws IOException {
    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    SocketWire to = wire(socket); // Before it connects: then the parent counts on it.
    try {
      if (!socket.connect(UnixDomainSocketAddress.of(file))) {
        throw new IOException("expected the parent to listen at " + file);
      }
      return to;
    } catch (IOException e) {
      close(to);
      PrivateSocket.removeAbandoned(file); // The parent has ended, or will remove it too.
      throw e;
    }
  }

  private void stay() {
    try {
      send(Frame.bare(FrameKind.STAY, 0));
    } catch (IOException _) {
      // The channel has ended.
    }
  }

  private Wire moved(Frame frame, Wire old) throws IOException {
    CompletableFuture<@Nullable SocketWire> connected = begun.get();
    // The child's thread is about to complete it, for the parent has accepted; the parent's has.
    Wire to = connected == null || (child != null && !connected.isDone()) ? null : connected.join();
    if (to == null) {
      throw FrameException.unexpected(frame.kind());
    }
    if (child == null) {
      writer.move(Frame.bare(FrameKind.MOVE, 0), to, _ -> close(old));
    } else {
      close(old); // Its own last frame is written, or the child would not have answered.
    }
    return to;
  }

  private static void close(Wire wire) {
    try {
      wire.close();
    } catch (IOException _) {
      // What fails to close is gone.
    }
  }

  private void closeConnected() {
    CompletableFuture<@Nullable SocketWire> connected = begun.get();
    SocketWire wire = connected == null ? null : connected.getNow(null);
    if (wire != null) {
      close(wire);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      stopListening();
    }
    closeConnected();
  }
}
