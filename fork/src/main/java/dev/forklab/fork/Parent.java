package dev.forklab.fork;

import dev.forklab.fork.ChildContext.Meeting;
import dev.forklab.fork.channel.ChildEnd;
import dev.forklab.fork.channel.FrameChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The parent, as a forked child sees it: what `process.send` and `process.on('message')` are in
/// Node.
///
/// Safe for use by many threads; listeners are called one at a time, messages on the channel's
/// thread. A child that listens (to messages or to the disconnect) stays until the connection has
/// ended and its listeners have returned; one that does not ends when its own work does. When the
/// parent ends, however it does, so does this process, unless it was forked detached: it hears of
/// the disconnect, its shutdown hooks run, and it exits with code 113, at the latest after its
/// [ForkOptions.Builder#grace].
public final class Parent extends Endpoint<Parent> {

  private static final Duration FLUSH_CHECK = Duration.ofMillis(2);
  private static final Duration LAST_FLUSH = Duration.ofSeconds(5);

  // A process has one parent. Set once, by the bootstrap or by the first get.
  private static @Nullable Parent instance;

  private final Object keeping = new Object();
  // Whether a thread keeps this process alive. Guarded by keeping.
  private boolean kept;
  private volatile boolean counts = true;
  // Counted down when it has connected, or cannot.
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final boolean detached;
  private final Duration grace;
  private final boolean hasLifeline;

  private Parent(ChildContext context, FrameChannel channel, boolean hasLifeline) {
    super("parent", "the parent", channel, context.bounds(), context.serialization(), false);
    this.detached = context.detached();
    this.grace = context.grace();
    this.hasLifeline = hasLifeline;
  }

  @Override
  Parent self() {
    return this;
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

  /// Connects: to what it has inherited at once, which takes no time; to a socket on the channel's
  /// thread, so that the class that was forked is loaded and run meanwhile, for the first socket of
  /// a JVM takes as long as the rest of its start.
  static synchronized void install(ChildContext context) throws IOException {
    FrameChannel channel = FrameChannel.spinning(context.bounds());
    Parent parent = new Parent(context, channel, true);
    if (context.meeting() instanceof Meeting.OnPipes pipes) {
      ChildEnd.inherit(pipes.capacityBytes(), channel, parent::parentGone);
      parent.start(() -> {});
    } else {
      Path file = socketOf(context);
      parent.start(() -> ChildEnd.connect(file, channel, parent::parentGone));
    }
    instance = parent;
  }

  private static Path socketOf(ChildContext context) {
    return ((Meeting.AtSocket) context.meeting()).file();
  }

  private static Parent connect(ChildContext context) throws IOException {
    FrameChannel channel = ChildEnd.connectWithoutLifeline(socketOf(context), context.bounds());
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
      channelEnded(null);
      begun.countDown();
      parentGone();
      return;
    }
    begun.countDown();
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
    IOException failure = null;
    try {
      channel.readToEnd(this::receive);
    } catch (IOException e) {
      failure = e;
    } finally {
      channel.close(); // What waits to be written never will be: its senders are told.
      peerIsGone();
      channelEnded(failure);
    }
    return !isDistrusted();
  }

  /// What was sent is written before this process ends, if the parent takes it in time.
  private void flush() {
    Thread writer = new Thread(null, this::write, "fork-flush-writer");
    writer.setDaemon(true);
    try {
      if (!begun.await(LAST_FLUSH.toMillis(), TimeUnit.MILLISECONDS)) {
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

  @Override
  void disconnectHappened() {
    super.disconnectHappened();
    ended.countDown();
    synchronized (keeping) {
      keeping.notifyAll();
    }
  }

  /// Keeps this process alive while it listens, and until its listeners have heard what there was.
  /// Called when that may have changed; a listener that comes after the end is still told the rest.
  @Override
  void listeningChanged() {
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
    return counts && isHeard();
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

  /// Lets this process end when its own work does, though it listens: Node's `channel.unref()`.
  public void unref() {
    counts = false;
    listeningChanged();
  }

  /// Undoes [#unref].
  public void ref() {
    counts = true;
    listeningChanged();
  }
}
