package dev.forklab.fork;

import dev.forklab.fork.channel.ChildEnd;
import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.codec.MessageCodec;
import dev.forklab.fork.stream.StreamListener;
import dev.forklab.fork.stream.StreamOutput;
import dev.forklab.fork.stream.Streams;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// The parent, as a forked child sees it: what `process.send` and `process.on('message')` are in
/// Node.
///
/// Safe for use by many threads; listeners are called one at a time, messages on the channel's
/// thread. A child that listens (to messages or to the disconnect) stays until the connection has
/// ended and its listeners have returned; one that does not ends when its own work does. When the
/// parent ends, however it does, so does this process, unless it was forked detached: it hears of
/// the disconnect, its shutdown hooks run, and it exits with code [ChildEnd#PARENT_GONE_EXIT_CODE],
/// at the latest after its [ForkOptions.Builder#grace].
public final class Parent {

  private static final long MAX_KEPT_BYTES = 1 << 20;
  private static final Duration FLUSH_CHECK = Duration.ofMillis(2);
  private static final Duration LAST_FLUSH = Duration.ofSeconds(5);

  // A process has one parent. Set once, by the bootstrap or by the first get.
  private static @Nullable Parent instance;

  private final FrameChannel channel;
  private final EventTurn turn = new EventTurn("parent");
  private final Errors errors = new Errors("parent", turn);
  private final Occasion<Boolean> disconnected = new Occasion<>(turn, EventTurn.Rank.USUAL);
  private final Inbox inbox;
  private final Sender sender;
  private final Streams streams;
  private final Object keeping = new Object();
  // Whether a thread keeps this process alive. Guarded by keeping.
  private boolean kept;
  private volatile boolean counts = true;
  private final CountDownLatch connected = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final boolean detached;
  private final Duration grace;
  private final boolean hasLifeline;

  private Parent(ChildContext context, FrameChannel channel, boolean hasLifeline) {
    this.channel = channel;
    this.detached = context.detached();
    this.grace = context.grace();
    this.hasLifeline = hasLifeline;
    Messages messages = new Messages(MessageCodec.of(context.serialization()));
    inbox =
        new Inbox(
            messages,
            turn,
            Math.min(MAX_KEPT_BYTES, context.bounds().maxQueuedBytes()),
            channel::resume,
            this::listens,
            e ->
                errors.happen(
                    new ForkError(
                        ForkError.Kind.GARBAGE, "the parent sent what is no message", e)));
    streams =
        new Streams(channel, context.bounds().maxFrameBytes(), turn::isMine, false, this::distrust);
    sender = new Sender(channel, messages, errors::happen, this::disconnectHappened);
  }

  /// The parent that forked this process.
  ///
  /// @throws IllegalStateException if this process was not forked
  public static Parent get() {
    return find()
        .orElseThrow(() ->
            new IllegalStateException(
                "expected a process started by Fork, found none of its channel; start this class"
                    + " with Fork.fork"));
  }

  /// The parent that forked this process, if one did.
  public static synchronized Optional<Parent> find() {
    if (instance == null) {
      String context = System.getenv(Fork.CHANNEL_VARIABLE);
      if (context != null) {
        try {
          instance = connect(ChildContext.decode(context));
        } catch (IOException _) {
          return Optional.empty(); // Inherited from a forked parent: the channel is not ours.
        }
      }
    }
    return Optional.ofNullable(instance);
  }

  /// Connects on the channel's thread, so that the class that was forked is loaded and run
  /// meanwhile: the first socket of a JVM takes as long as the rest of its start.
  static synchronized void install(ChildContext context) {
    FrameChannel channel = FrameChannel.spinning(context.bounds());
    Parent parent = new Parent(context, channel, true);
    parent.start(() -> ChildEnd.connect(context.socket(), channel, parent::parentGone));
    instance = parent;
  }

  private static Parent connect(ChildContext context) throws IOException {
    FrameChannel channel = ChildEnd.connectWithoutLifeline(context.socket(), context.bounds());
    Parent parent = new Parent(context, channel, false);
    parent.start(() -> {});
    return parent;
  }

  private interface Connecting {
    void run() throws IOException;
  }

  private void start(Connecting connecting) {
    Thread thread = new Thread(null, () -> run(connecting), "fork-channel");
    thread.setDaemon(true);
    thread.start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::flush, "fork-flush"));
  }

  private void run(Connecting connecting) {
    try {
      connecting.run();
    } catch (IOException _) {
      channel.close(); // Nobody listens: the parent ended before this child had begun.
      sender.disconnected();
      connected.countDown();
      parentGone();
      return;
    }
    connected.countDown();
    if (read() && !hasLifeline) {
      parentGone(); // The channel is its lifeline.
    }
  }

  /// Its listeners hear of the disconnect and of what came before it, then this process ends.
  private void parentGone() {
    if (!detached) {
      ChildEnd.end(grace, this::stay);
    }
  }

  /// Returns false if it ended because of what the parent wrote.
  private boolean read() {
    try {
      channel.readToEnd(this::receive);
      return true;
    } catch (IOException e) {
      errors.happen(
          new ForkError(ForkError.Kind.GARBAGE, "the channel is read no further: " + e, e));
      return false;
    } finally {
      channel.close(); // What waits to be written never will be: its senders are told.
      inbox.peerIsGone();
      sender.disconnected();
    }
  }

  private void receive(Frame frame) {
    switch (frame.kind()) {
      case MESSAGE, BYTES, TEXT -> inbox.receive(frame);
      case DISCONNECT -> sender.disconnected();
      case STREAM_OPEN, STREAM_DATA, STREAM_END, STREAM_CREDIT, STREAM_CLOSED ->
          streams.receive(frame);
      case HELLO, TASK, REPLY, THREW, CANCEL, CANCELLED, PROGRESS ->
          distrust("expected a message, found a frame " + frame.kind());
    }
  }

  /// The parent speaks, but not as agreed.
  private void distrust(String what) {
    errors.happen(new ForkError(ForkError.Kind.GARBAGE, what, null));
  }

  /// What was sent is written before this process ends, if the parent takes it in time.
  private void flush() {
    Thread writer = new Thread(null, this::write, "fork-flush-writer");
    writer.setDaemon(true);
    try {
      if (!connected.await(LAST_FLUSH.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      writer.start();
      long deadlineNanos = System.nanoTime() + LAST_FLUSH.toNanos();
      while (channel.queuedBytes() > 0
          && System.nanoTime() < deadlineNanos
          && !writer.join(FLUSH_CHECK)) {
        // At its end the writer may be in a callback that calls System.exit, and never returns.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try {
      channel.flush(LAST_FLUSH);
    } catch (IOException | IllegalStateException _) {
      // The parent is gone, perhaps before it was connected: nobody misses what was not written.
      channel.close();
    }
  }

  private void disconnectHappened() {
    streams.end();
    disconnected.happen(true);
    ended.countDown();
    synchronized (keeping) {
      keeping.notifyAll();
    }
  }

  /// Keeps this process alive while it listens, and until its listeners have heard what there was.
  /// Called when that may have changed; a listener that comes after the end is still told the rest.
  private void listens() {
    synchronized (keeping) {
      keeping.notifyAll();
      if (!kept && (isWanted() || hasEnded())) {
        Thread.ofPlatform()
            .name("fork-listening")
            .stackSize(64 << 10)
            .daemon(false) // Whoever asks for it: a listener's thread is one.
            .start(this::keep);
        kept = true;
      }
    }
  }

  private boolean isWanted() {
    return counts && (inbox.isHeard() || disconnected.isHeard() || streams.isHeard());
  }

  private boolean hasEnded() {
    return ended.getCount() == 0;
  }

  private void keep() {
    boolean done = false;
    while (!done) {
      try {
        synchronized (keeping) {
          while (isWanted() && !hasEnded()) {
            keeping.wait();
          }
        }
        turn.awaitIdle(); // The listener that asked for no more may still be at work.
        synchronized (keeping) {
          done = !isWanted() || hasEnded();
          kept = !done;
        }
      } catch (InterruptedException _) {
        // Nobody else knows this thread: an interrupt of it has no meaning.
      }
    }
  }

  /// Until its listeners have heard of the end.
  private void stay() {
    try {
      ended.await();
      turn.awaitIdle();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sends a message. Never blocks. From a message listener with more messages waiting behind, it
  /// is written together with what the listener sends for those, a millisecond or two later at
  /// most; the forms that tell when it is written write at once.
  ///
  /// @return whether there is room for more; false still queues, while the channel is open
  /// @throws IllegalArgumentException if the message cannot be written by this channel's codec
  public boolean send(@Nullable Object message) {
    return sender.send(message, null);
  }

  /// Sends a message, and tells the callback once what became of it.
  public boolean send(@Nullable Object message, SendCallback callback) {
    return sender.send(message, callback);
  }

  /// Sends a message; the future is completed when it is written, or fails with a [ForkError]. Its
  /// stages may block.
  public CompletableFuture<@Nullable Void> sendAsync(@Nullable Object message) {
    return sender.sendAsync(message);
  }

  /// Whether messages can be sent.
  public boolean connected() {
    return sender.isConnected();
  }

  /// Opens a stream of bytes to the parent, which takes it with [ChildProcess#onStream]. Messages
  /// go on beside it; those sent before are heard before it opens. Blocks while [Streams#MAX_OPEN]
  /// are open.
  ///
  /// @param name what the parent is told, at most 1024 bytes
  /// @throws dev.forklab.fork.stream.StreamException if the connection has ended
  /// @throws IOException if the channel's queue is full
  public StreamOutput openStream(String name) throws IOException {
    return streams.open(name);
  }

  /// Ends the connection; what was queued is still written. A second call is an `error` event.
  public void disconnect() {
    sender.disconnect();
  }

  /// Called with each message, as maps, lists and scalars.
  public Parent onMessage(Consumer<@Nullable Object> listener) {
    inbox.listen(false, listener);
    listens();
    return this;
  }

  /// Called with each message, bound to a type by Jackson; one that does not fit is an `error`
  /// event. The records of a sealed interface, or classes of a sealed class, say by a property
  /// `type` which they are.
  ///
  /// With listeners of several types, each is called with what fits its type exactly (it has all
  /// components of it, and nothing else); what fits none is an `error` event, unless somebody hears
  /// all messages.
  public <T> Parent onMessage(Class<T> type, Consumer<T> listener) {
    inbox.listen(false, type, listener);
    listens();
    return this;
  }

  /// As [#onMessage(Class, Consumer)], for a type with parameters: `new
  /// TypeReference<List<Point>>() {}`.
  public <T> Parent onMessage(TypeReference<T> type, Consumer<T> listener) {
    inbox.listen(false, type.getType(), listener);
    listens();
    return this;
  }

  /// Called with the next message only, as maps, lists and scalars. What comes after it is kept if
  /// nobody else listens.
  public Parent onceMessage(Consumer<@Nullable Object> listener) {
    inbox.listen(true, listener);
    listens();
    return this;
  }

  /// Called with the next message only that fits the type.
  public <T> Parent onceMessage(Class<T> type, Consumer<T> listener) {
    inbox.listen(true, type, listener);
    listens();
    return this;
  }

  /// Takes the streams that the parent opens, each on a thread of its own, which keeps this process
  /// alive. Those opened before are kept for it; there is one such listener.
  public Parent onStream(StreamListener listener) {
    streams.listen(listener);
    listens();
    return this;
  }

  /// Called when the connection has ended.
  public Parent onDisconnect(Runnable listener) {
    disconnected.listen(listener);
    listens();
    return this;
  }

  /// Called when something could not be sent or read.
  public Parent onError(Consumer<ForkError> listener) {
    errors.listen(listener);
    return this;
  }

  /// Takes a listener off: an object equal to the one that was given to one of the methods above,
  /// except that of [#onStream]. An event that is on its way may still reach it. A process that no
  /// longer listens ends when its own work does.
  public Parent off(Object listener) {
    inbox.forget(listener);
    errors.forget(listener);
    disconnected.forget(listener);
    listens();
    return this;
  }

  /// Lets this process end when its own work does, though it listens: Node's `channel.unref()`.
  public void unref() {
    counts = false;
    listens();
  }

  /// Undoes [#unref].
  public void ref() {
    counts = true;
    listens();
  }
}
