package dev.forklab.fork.channel;

import dev.forklab.fork.channel.MessageClock.Part;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.thread.ThreadState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One end of a channel: frames out from any thread, frames in on one *loop thread*.
///
/// Frames may be sent before there is a [Wire]: they wait, and are written once [#attach] was
/// called. Order: the frames of one sender arrive in the order sent, each whole; frames of several
/// senders interleave as wholes.
///
/// A sender writes on its own thread until the wire takes no more; then the loop thread, or one of
/// the wire's, goes on when it does. No send ever blocks: what waits is bounded by
/// [ChannelBounds#maxQueuedBytes()].
///
/// **Corking.** Frames often come in bursts, and the listener of each sends one: written one by one
/// they would cost a system call each. What is sent with [#sendSoon], on the loop thread while more
/// of its burst is to be handed on, is written together when the burst has been, or after a
/// millisecond or two if that takes longer ([Uncorker]).
///
/// The loop thread calls [#await] and [#readAvailable] in turn (or [#readToEnd], which does).
public final class FrameChannel implements AutoCloseable {

  /// The buffer grows when it has been full: most channels never carry much, and each page of it is
  /// memory of its own.
  private static final int FIRST_BUFFER_BYTES = 8 << 10;

  private static final int BUFFER_BYTES = 256 << 10;
  private static final int GROWTH = 4;
  private static final int SPUN_IN_VAIN = -1;

  private final ChannelBounds bounds;
  private final MessageClock clock = new MessageClock();
  private final FrameWriter writer;
  private final FrameReader reader;
  // Of the loop thread.
  private ByteBuffer readBuffer = ByteBuffer.allocate(0);
  // What is read: written by attach, then by the loop thread; read by it and by those who wake it.
  private volatile @Nullable Wire wire;
  // Written by any thread, then the wire's waiting thread is woken; read by the loop thread.
  private volatile boolean peerIsGone;
  // Written once by attach, before the wire; null if the channel stays where it is.
  private volatile @Nullable SocketMove move;
  // Of the loop thread: what the peer says of a move, done when all that was read is handed on.
  private @Nullable Frame ofMove;
  // Of the loop thread, made by its first wait.
  private @Nullable ThreadState home;
  // Of the loop thread: how much is still read once the peer is gone.
  private long leftBytes;
  private final AtomicReference<@Nullable Runnable> whenRead = new AtomicReference<>();
  // Of the loop thread.
  private final AdaptiveSpin adaptiveSpin;
  // The loop thread while it hands frames on; written by that thread only, so that one that reads
  // itself here is that thread.
  private @Nullable Thread handingOn;
  private final Cork cork;

  /// A channel whose loop thread blocks whenever there is nothing to read.
  public FrameChannel(ChannelBounds bounds) {
    this(bounds, false, Uncorker.OF_THIS_JVM::watch);
  }

  /// @param uncorker asked to look after the channel's cork
  FrameChannel(ChannelBounds bounds, boolean spins, Consumer<Cork> uncorker) {
    this.bounds = bounds;
    this.cork = new Cork(this::pump, uncorker);
    this.adaptiveSpin = new AdaptiveSpin(spins);
    this.writer = new FrameWriter(bounds, clock);
    this.reader = new FrameReader(bounds.maxFrameBytes());
  }

  /// A channel for a conversation: in a quick exchange its loop thread spins for a moment
  /// ([AdaptiveSpin]) before it blocks.
  public static FrameChannel spinning(ChannelBounds bounds) {
    return new FrameChannel(bounds, true, Uncorker.OF_THIS_JVM::watch);
  }

  /// Takes over a connected socket, and writes what waits. Once only.
  public void attach(SocketChannel socket) throws IOException {
    attach(new SocketWire(socket));
  }

  /// Takes over a wire, and writes what waits. Once only.
  public void attach(Wire to) throws IOException {
    readFrom(to);
    writer.attach(to);
  }

  /// The same with pipes, of the parent's end; the channel goes on over a socket once it carries
  /// much.
  ///
  /// @param child who may connect to that socket
  public void attach(Wire pipes, PeerCheck child) throws IOException {
    move = SocketMove.ofParent(writer, child);
    attach(pipes);
  }

  /// The same of the child's end, which the parent asks to connect.
  void attachMovable(Wire pipes) throws IOException {
    move = SocketMove.ofChild(writer);
    attach(pipes);
  }

  private void readFrom(Wire from) {
    leftBytes = from.heldBytes();
    readBuffer = from.newBuffer(FIRST_BUFFER_BYTES);
    wire = from;
  }

  /// Queues a frame and writes what the wire takes.
  ///
  /// @return whether there is room for more; false still queued the frame
  /// @throws FrameException if the frame is longer than the bound
  /// @throws ChannelClosedException if the channel is closed; `written` is not called
  /// @throws QueueFullException if too much waits; `written` is not called
  public boolean send(Frame frame, Written written) throws IOException {
    enqueue(frame, written);
    pump();
    return writer.hasRoom();
  }

  /// [#send] of a frame whose fate is not asked for.
  public boolean send(Frame frame) throws IOException {
    return send(frame, Written.ignored());
  }

  /// [#send] of a frame that may wait for the end of the burst that the loop thread hands on, and a
  /// millisecond or two at most: for those who do not wait to be told of it.
  public boolean sendSoon(Frame frame, Written written) throws IOException {
    enqueue(frame, written);
    if (isAmidBurst() && writer.mayWait()) {
      cork.put();
    } else {
      pump();
    }
    return writer.hasRoom();
  }

  private boolean isAmidBurst() {
    return handingOn == Thread.currentThread() && readBuffer.hasRemaining();
  }

  /// The first half of [#send]: fixes the frame's place in the order. Never blocks, calls nobody:
  /// it may be called under a lock. The second half is [#pump], outside the lock.
  public void enqueue(Frame frame, Written written) throws IOException {
    if (frame.body().length > bounds.maxFrameBytes()) {
      throw FrameException.tooLong(frame.body().length, bounds.maxFrameBytes());
    }
    writer.add(frame, written);
  }

  /// [#send] of a frame that is sent whatever waits, because something else bounds how many there
  /// are: a stream's credit, or that a connection ends once. Refused, the stream would come to a
  /// halt, or the peer never end.
  ///
  /// @throws ChannelClosedException if the channel is closed; `written` is not called
  public void sendReserved(Frame frame, Written written) throws IOException {
    writer.addReserved(frame, written);
    pump();
  }

  /// The second half of [#send]: writes what waits, unless another thread is at it.
  public void pump() {
    writer.pump();
    SocketMove current = move;
    if (current != null) {
      current.written();
    }
  }

  /// Goes on with what a full wire interrupted, if it has room now, and with what is corked. For a
  /// loop thread that is kept from [#await].
  public void resume() {
    writer.resume();
  }

  /// Blocks until everything sent so far has been written. For the loop thread, which reads nothing
  /// meanwhile.
  public void flush() throws IOException {
    writer.flush();
  }

  /// The same from any thread, beside a loop thread that may be busy. Gives up after `patience`.
  /// The senders are told at the end: one that never comes back holds nothing up.
  ///
  /// @throws ChannelClosedException if the channel is closed
  public void flush(Duration patience) throws IOException {
    writer.flush(patience);
  }

  /// What times the messages of this end.
  public MessageClock clock() {
    return clock;
  }

  /// How many bytes wait to be written.
  public long queuedBytes() {
    return writer.queuedBytes();
  }

  /// Reads frames until the peer has closed or died; blocks. For the loop thread.
  ///
  /// @throws FrameException if the peer wrote something that is not a frame
  public void readToEnd(Consumer<Frame> handler) throws IOException {
    Consumer<Frame> tidied =
        frame -> {
          handler.accept(frame);
          home().restore();
        };
    do {
      await();
    } while (readAvailable(tidied));
  }

  /// Blocks until there is something to read, and meanwhile writes what waits. For the loop thread.
  public void await() throws IOException {
    Wire from = attached();
    boolean readable = peerIsGone;
    boolean spins = !readable && adaptiveSpin.begin(System.nanoTime());
    while (!readable) {
      home().restore(); // An interrupt would keep every wait from blocking.
      int ready = spins ? spin(from) : SPUN_IN_VAIN;
      if (ready == SPUN_IN_VAIN) {
        spins = false;
        ready = wait(from);
      }
      if ((ready & Duplex.WRITABLE) != 0) {
        from.roomFound();
        resume();
      }
      readable = (ready & Duplex.READABLE) != 0 || peerIsGone;
      if (!readable && whenRead.get() != null) {
        readable = !runWhenRead(from) || peerIsGone; // Its look took away every wake-up so far.
      }
    }
    adaptiveSpin.end(System.nanoTime());
  }

  /// What the loop thread is like when it calls nobody.
  private ThreadState home() {
    ThreadState state = home;
    if (state == null) {
      state = ThreadState.ofCurrent();
      home = state;
    }
    return state;
  }

  /// Blocks, unless an action waits for the moment when there is nothing to read. A wake-up only
  /// ends a wait: the one that found it may have found bytes too, and bytes come first. So what it
  /// was for is asked for before each wait that blocks, and never told by the wake-up itself.
  private int wait(Wire from) throws IOException {
    return whenRead.get() == null ? from.await() : from.look();
  }

  /// Looks until there is something to do, or the moment is over. A look takes a wake-up away, so
  /// what it may have been for is asked for after each.
  private int spin(Wire from) throws IOException {
    do {
      int ready = from.look();
      if (ready != 0 || peerIsGone || whenRead.get() != null) {
        return ready;
      }
      Thread.onSpinWait();
    } while (adaptiveSpin.goesOn(System.nanoTime()));
    return SPUN_IN_VAIN;
  }

  /// Has the loop thread call `action` once, when there is nothing to read. A peer that stands
  /// still by then has been read to the end of what it wrote. Never called if the channel ends
  /// before.
  public void whenRead(Runnable action) {
    whenRead.set(action);
    wakeLoop();
  }

  /// The wake-up may have come just before bytes: so the wire is looked at once more. False if
  /// there is something to read first.
  private boolean runWhenRead(Wire from) throws IOException {
    if ((from.look() & Duplex.READABLE) != 0) {
      return false;
    }
    Runnable action = whenRead.getAndSet(null);
    if (action != null) {
      action.run();
    }
    return true;
  }

  /// Hands on the frames that are there, without waiting. For the loop thread.
  ///
  /// Of a peer that is gone, no more is read than a wire can hold: what comes beyond is from
  /// another process that has it open.
  ///
  /// @return false if the peer has closed or died, and all it wrote has been handed on
  /// @throws FrameException if the peer wrote something that is not a frame, or half of one
  public boolean readAvailable(Consumer<Frame> handler) throws IOException {
    while (true) {
      Wire from = attached();
      boolean wasGone = peerIsGone;
      if (wasGone && leftBytes <= 0) {
        return false;
      }
      readBuffer.clear();
      long begun = clock.begin();
      int count = read(from);
      clock.end(Part.READ, begun);
      leftBytes -= wasGone ? Math.max(0, count) : 0;
      if (count < 0 || (count == 0 && wasGone)) {
        if (reader.missingBytes() > 0) {
          throw FrameException.truncated(reader.missingBytes());
        }
        return false;
      }
      boolean isFull = !readBuffer.hasRemaining();
      handOn(handler);
      followMove(Math.max(0, count));
      if (isFull && readBuffer.capacity() < BUFFER_BYTES) {
        readBuffer = attached().newBuffer(Math.min(readBuffer.capacity() * GROWTH, BUFFER_BYTES));
      }
      if (!isFull && !wasGone) {
        return true;
      }
    }
  }

  private void followMove(int count) throws IOException {
    SocketMove current = move;
    if (current == null) {
      return;
    }
    current.read(count);
    Frame frame = ofMove;
    if (frame != null) {
      ofMove = null;
      Wire to = current.heard(frame, attached());
      if (to != null) {
        readFrom(to);
      }
    }
  }

  /// Frames of the move are the channel's own.
  private Consumer<Frame> others(Consumer<Frame> handler) {
    return move == null
        ? handler
        : frame -> {
          if (frame.kind().isOfMove()) {
            ofMove = frame;
          } else {
            handler.accept(frame);
          }
        };
  }

  private void handOn(Consumer<Frame> frames) throws FrameException {
    Consumer<Frame> handler = others(frames);
    handingOn = Thread.currentThread();
    long begun = clock.begin();
    try {
      reader.feed(readBuffer.flip(), MessageClock.isTimed(begun) ? untimed(handler) : handler);
    } finally {
      clock.end(Part.READ, begun);
      handingOn = null;
      cork.take();
    }
  }

  /// What is done with a frame is not part of reading it.
  private Consumer<Frame> untimed(Consumer<Frame> handler) {
    return frame -> {
      long begun = clock.begin();
      handler.accept(frame);
      clock.takeOff(Part.READ, begun);
    };
  }

  /// A peer that died with bytes unread resets the connection: what it wrote has been read before.
  private int read(Wire from) throws IOException {
    try {
      return from.read(readBuffer);
    } catch (ClosedChannelException e) {
      throw new ChannelClosedException(e);
    } catch (IOException _) {
      return -1;
    }
  }

  /// The peer's process has ended: what it wrote is still read, but no end of file is waited for (a
  /// process that it started may hold the socket open).
  public void peerIsGone() {
    peerIsGone = true;
    wakeLoop();
  }

  private void wakeLoop() {
    Wire current = wire;
    if (current != null) {
      current.wakeup();
    }
  }

  private Wire attached() {
    Wire current = wire;
    if (current == null) {
      throw new IllegalStateException("expected a channel with a wire, found none attached yet");
    }
    return current;
  }

  /// Closes the wire, if any; frames that wait fail with [ChannelClosedException]. Wakes the loop
  /// thread.
  @Override
  public void close() {
    writer.close();
    try (SocketMove _ = move;
        Wire _ = wire) {
      // One that only reads, amid a move.
    } catch (IOException _) {
      // As with the writer's own: what fails to close is gone.
    }
  }
}
