package dev.forklab.fork.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.Written;
import dev.forklab.fork.stream.StreamException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All streams of one end of a channel: those that it writes and those that it reads.
///
/// The channel's loop thread calls [#receive] and [#end]; it never blocks in them.
public final class Streams {

  /// How many bytes of one stream may be under way or unread.
  static final int WINDOW_BYTES = 256 << 10;

  /// The most bytes that travel in one frame.
  static final int CHUNK_BYTES = 64 << 10;

  /// How many streams may be open at once, in each direction.
  public static final int MAX_OPEN = 128;

  private static final int MAX_TEXT_BYTES = 1024;

  private final FrameChannel channel;
  private final int maxFrameBytes;
  final Waiting waiting;
  private final boolean daemons;
  private final Consumer<String> onViolation;
  private final Semaphore slots = new Semaphore(MAX_OPEN);
  private final AtomicLong lastId = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final Map<Long, StreamOutput> outputs = new HashMap<>();
  private final Map<Long, StreamInput> inputs = new HashMap<>();
  // Those that wait for a listener, or for one of the threads that call it.
  private final ArrayDeque<StreamInput> unheard = new ArrayDeque<>();
  private int handing;
  private volatile @Nullable StreamListener listener;
  private boolean over;

  /// @param maxFrameBytes the channel's frame bound
  /// @param waiting how streams wait for the peer
  /// @param daemons whether the threads that read streams let the JVM end
  /// @param onViolation told in words when the peer does what it may not
  public Streams(
      FrameChannel channel,
      int maxFrameBytes,
      Waiting waiting,
      boolean daemons,
      Consumer<String> onViolation) {
    this.channel = channel;
    this.maxFrameBytes = maxFrameBytes;
    this.waiting = waiting;
    this.daemons = daemons;
    this.onViolation = onViolation;
  }

  /// Opens a stream to the peer. Blocks while [#MAX_OPEN] are open.
  ///
  /// @throws StreamException if the connection has ended
  /// @throws IOException if the channel's queue is full
  public StreamOutput open(String name) throws IOException {
    byte[] text = name.getBytes(UTF_8);
    if (text.length > MAX_TEXT_BYTES) {
      throw new IllegalArgumentException(
          "expected a stream's name of at most %s bytes, found %s"
              .formatted(MAX_TEXT_BYTES, text.length));
    }
    acquireSlot(name);
    StreamOutput output = new StreamOutput(this, lastId.incrementAndGet(), name);
    lock.lock();
    try {
      if (over) {
        slots.release();
        throw StreamException.disconnected(name);
      }
      outputs.put(output.id(), output);
    } finally {
      lock.unlock();
    }
    try {
      channel.send(new Frame(FrameKind.STREAM_OPEN, output.id(), text));
    } catch (IOException e) {
      forgetOutput(output.id());
      throw e;
    }
    return output;
  }

  private void acquireSlot(String name) throws IOException {
    if (slots.tryAcquire()) {
      return;
    }
    waiting.requireAllowed();
    try {
      slots.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "interrupted while " + MAX_OPEN + " streams are open and '" + name + "' waits");
    }
  }

  /// Takes the peer's streams from now on; those opened before are handed on first.
  public void listen(StreamListener taker) {
    ArrayDeque<StreamInput> waiting;
    lock.lock();
    try {
      if (listener != null) {
        throw new IllegalStateException(
            "expected one listener for streams, found a second: a stream has one reader");
      }
      listener = taker;
      waiting = new ArrayDeque<>(unheard);
      unheard.clear();
      handing = waiting.size(); // No more than may be open.
    } finally {
      lock.unlock();
    }
    waiting.forEach(input -> start(taker, input));
  }

  /// The oldest stream of this name that was opened and nobody has; null if there is none. For who
  /// has no listener.
  public @Nullable InputStream take(String name) {
    lock.lock();
    try {
      StreamInput found =
          unheard.stream().filter(input -> input.name().equals(name)).findFirst().orElse(null);
      unheard.remove(found);
      return found;
    } finally {
      lock.unlock();
    }
  }

  /// Whether there is a listener.
  public boolean isHeard() {
    return listener != null;
  }

  /// There are as many of these threads as listeners that have not returned, at most [#MAX_OPEN]:
  /// what is opened while that many work waits for one, whether or not their streams have ended.
  private void start(StreamListener taker, StreamInput input) {
    Thread thread = new Thread(() -> handOne(taker, input), "fork-stream " + input.name());
    thread.setDaemon(daemons);
    thread.start();
  }

  /// Each on a thread of its own: what a listener did to its thread is not for the next.
  private void handOne(StreamListener taker, StreamInput input) {
    hand(taker, input);
    StreamInput next = nextUnheard();
    if (next != null) {
      start(taker, next);
    }
  }

  private @Nullable StreamInput nextUnheard() {
    lock.lock();
    try {
      StreamInput next = unheard.poll();
      handing -= next == null ? 1 : 0;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private static void hand(StreamListener taker, StreamInput input) {
    try {
      taker.opened(input.name(), input);
    } catch (IOException | RuntimeException | Error e) {
      input.close();
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  // ---- From the channel's thread ----

  /// A stream's frame has come.
  public void receive(Frame frame) {
    switch (frame.kind()) {
      case STREAM_OPEN -> opened(frame);
      case STREAM_DATA -> received(frame);
      case STREAM_END -> {
        StreamInput input = input(frame.id());
        if (input != null) {
          input.end(text(frame.body()));
        }
      }
      case STREAM_CREDIT -> {
        StreamOutput output = output(frame.id());
        if (output != null && frame.body().length == Integer.BYTES) {
          output.credit(ByteBuffer.wrap(frame.body()).getInt());
        }
      }
      case STREAM_CLOSED -> refused(frame.id());
      case HELLO,
          MESSAGE,
          BYTES,
          TEXT,
          DISCONNECT,
          OFFER,
          MOVE,
          STAY,
          TASK,
          TASK_NAME,
          INPUT,
          REPLY,
          THREW,
          CANCEL,
          CANCELLED,
          PROGRESS ->
          throw new IllegalArgumentException("expected a stream's frame, found " + frame.kind());
    }
  }

  private void opened(Frame frame) {
    StreamInput input = new StreamInput(this, frame.id(), text(frame.body()));
    StreamListener taker;
    lock.lock();
    try {
      if (over) {
        return;
      }
      if (inputs.size() >= MAX_OPEN
          || unheard.size() >= MAX_OPEN
          || inputs.containsKey(frame.id())) {
        taker = null;
        input = null;
      } else {
        inputs.put(frame.id(), input);
        taker = handing < MAX_OPEN ? listener : null;
        if (taker == null) {
          unheard.add(input);
        } else {
          handing++;
        }
      }
    } finally {
      lock.unlock();
    }
    if (input == null) {
      onViolation.accept(
          "expected at most %s open streams of different ids, found one more: %s"
              .formatted(MAX_OPEN, frame.id()));
    } else if (taker != null) {
      start(taker, input);
    }
  }

  private void received(Frame frame) {
    StreamInput input = input(frame.id());
    if (input != null && !input.receive(frame.body())) {
      String what =
          "expected no more than the credit of the stream '%s', found %s bytes"
              .formatted(input.name(), frame.body().length);
      input.fail(new StreamException(Reason.VIOLATED, what));
      closed(frame.id());
      onViolation.accept(what);
    }
  }

  /// The reader reads no more. After the end that is as it should be.
  private void refused(long id) {
    StreamOutput output = forgetOutput(id);
    if (output != null) {
      output.fail(
          new StreamException(
              Reason.REFUSED,
              "the reader closed the stream '" + output.name() + "' before its end"));
    }
  }

  /// The connection has ended: streams that have not ended fail.
  public void end() {
    Map<Long, StreamOutput> writing;
    Map<Long, StreamInput> reading;
    lock.lock();
    try {
      over = true;
      writing = Map.copyOf(outputs);
      reading = Map.copyOf(inputs);
      outputs.clear();
      inputs.clear();
    } finally {
      lock.unlock();
    }
    writing.values().forEach(output -> output.fail(StreamException.disconnected(output.name())));
    reading.values().forEach(input -> input.fail(StreamException.disconnected(input.name())));
    slots.release(MAX_OPEN); // Whoever waits for one must hear that it is over.
  }

  // ---- From the streams ----

  int chunkBytes() {
    return Math.min(CHUNK_BYTES, maxFrameBytes);
  }

  void data(StreamOutput output, byte[] bytes) throws IOException {
    try {
      channel.sendReserved(
          new Frame(FrameKind.STREAM_DATA, output.id(), bytes), _ -> output.written());
    } catch (IOException e) {
      StreamException gone = StreamException.disconnected(output.name());
      gone.initCause(e);
      output.fail(gone);
      throw gone;
    }
  }

  void ended(StreamOutput output, String why) {
    byte[] text = why.getBytes(UTF_8);
    tell(
        new Frame(
            FrameKind.STREAM_END,
            output.id(),
            Arrays.copyOf(text, Math.min(text.length, Math.min(MAX_TEXT_BYTES, maxFrameBytes)))));
  }

  void credit(long id, int bytes) {
    tell(
        new Frame(
            FrameKind.STREAM_CREDIT, id, ByteBuffer.allocate(Integer.BYTES).putInt(bytes).array()));
  }

  /// Nothing more of this stream will be read.
  void closed(long id) {
    lock.lock();
    try {
      if (inputs.remove(id) == null) {
        return;
      }
    } finally {
      lock.unlock();
    }
    tell(Frame.bare(FrameKind.STREAM_CLOSED, id));
  }

  /// How many streams of the peer are open.
  int openInputs() {
    lock.lock();
    try {
      return inputs.size();
    } finally {
      lock.unlock();
    }
  }

  /// How many bytes have arrived and wait for their readers.
  long heldBytes() {
    lock.lock();
    try {
      return inputs.values().stream().mapToLong(StreamInput::available).sum();
    } finally {
      lock.unlock();
    }
  }

  private void tell(Frame frame) {
    try {
      channel.sendReserved(frame, Written.ignored());
    } catch (IOException _) {
      // The channel has ended: its loop thread tells all streams so.
    }
  }

  /// The name in the frame that opens a stream.
  public static String nameOf(Frame opening) {
    return text(opening.body());
  }

  private static String text(byte[] body) {
    return new String(body, 0, Math.min(body.length, MAX_TEXT_BYTES), UTF_8);
  }

  private @Nullable StreamInput input(long id) {
    lock.lock();
    try {
      return inputs.get(id);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable StreamOutput output(long id) {
    lock.lock();
    try {
      return outputs.get(id);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable StreamOutput forgetOutput(long id) {
    StreamOutput output;
    lock.lock();
    try {
      output = outputs.remove(id);
    } finally {
      lock.unlock();
    }
    if (output != null) {
      slots.release();
    }
    return output;
  }
}
