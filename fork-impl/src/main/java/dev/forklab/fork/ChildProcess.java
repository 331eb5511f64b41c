package dev.forklab.fork;

import dev.forklab.fork.channel.ChannelBounds;
import dev.forklab.fork.channel.ChannelClosedException;
import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameException;
import dev.forklab.fork.channel.HeapUse;
import dev.forklab.fork.channel.HeapWork;
import dev.forklab.fork.channel.JvmReport;
import dev.forklab.fork.codec.MessageCodec;
import dev.forklab.fork.process.SignalRefusedException;
import dev.forklab.fork.process.Signals;
import dev.forklab.fork.stream.StreamListener;
import dev.forklab.fork.stream.StreamOutput;
import dev.forklab.fork.stream.Streams;
import dev.forklab.workload.pool.TaskFailure.ExitStatus;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// A forked child, as its parent sees it: Node's `ChildProcess`.
///
/// Safe for use by many threads. Listeners of one child are called one at a time, in order (the
/// package's page says on which threads). `spawn`, `exit`, `disconnect` and `close` happen at most
/// once, and a listener that comes late hears of them all the same; messages and errors are kept
/// for the first listener.
public final class ChildProcess implements AutoCloseable {

  private static final long MAX_KEPT_BYTES = 1 << 20;

  private final EventTurn turn;
  private final Errors errors;
  private final Occasion<Boolean> spawned;
  private final Occasion<Exit> exited;
  private final Occasion<Boolean> disconnected;
  private final Occasion<Exit> closed;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final CompletableFuture<Exit> end = new CompletableFuture<>();
  private final FrameChannel channel;
  private final AtomicBoolean distrusted = new AtomicBoolean();
  private final Inbox inbox;
  private final Sender sender;
  private final Streams streams;
  private final Duration grace;
  // Null if it could not be started. Set before any other thread knows this object.
  private @Nullable ForkedProcess process;
  // Written by whoever kills, read by any.
  private volatile boolean killed;

  private ChildProcess(String name, ForkOptions options, FrameChannel channel) {
    this.channel = channel;
    grace = options.grace;
    turn = new EventTurn(name);
    errors = new Errors(name, turn);
    spawned = new Occasion<>(turn, EventTurn.Rank.FIRST);
    exited = new Occasion<>(turn, EventTurn.Rank.USUAL);
    disconnected = new Occasion<>(turn, EventTurn.Rank.USUAL);
    closed = new Occasion<>(turn, EventTurn.Rank.LAST);
    Messages messages = new Messages(MessageCodec.of(options.serialization));
    inbox =
        new Inbox(
            messages,
            turn,
            Math.min(MAX_KEPT_BYTES, options.bounds.maxQueuedBytes()),
            channel::resume,
            () -> {},
            e -> fail(ForkError.Kind.GARBAGE, "the child sent what is no message: ", e));
    streams =
        new Streams(channel, options.bounds.maxFrameBytes(), turn::isMine, true, this::distrust);
    sender = new Sender(channel, messages, errors::happen, this::disconnectHappened);
  }

  static ChildProcess start(Entry entry, ForkOptions options) {
    return start(entry, options, new Launch(entry, options));
  }

  static ChildProcess start(Entry entry, ForkOptions options, Launch launch) {
    String name = nameOf(entry);
    ChannelBounds bounds = options.bounds;
    FrameChannel channel = FrameChannel.spinning(bounds);
    ChildProcess child = new ChildProcess(name, options, channel);
    try {
      ForkedProcess process =
          ForkedProcess.start(
              new ForkedProcess.Plan(
                  name,
                  launch::spec,
                  !(entry instanceof Entry.Executable),
                  !options.detached,
                  options.uid),
              channel,
              child.new Events());
      child.process = process;
      child.begin(process, options);
    } catch (IOException | UncheckedIOException e) {
      child.failedToStart(e);
    }
    return child;
  }

  private static String nameOf(Entry entry) {
    return switch (entry) {
      case Entry.MainClass(var name) -> name.substring(name.lastIndexOf('.') + 1);
      case Entry.Jar(var path) -> path.getFileName().toString();
      case Entry.Executable(var command) -> command.substring(command.lastIndexOf('/') + 1);
    };
  }

  private void begin(ForkedProcess started, ForkOptions options) {
    spawned.happen(true);
    started.begin();
    Consumer<Throwable> onAbort = why -> abort(why, options.killSignal);
    options.abort.ifPresent(abort -> {
      abort.onAbort(onAbort);
      exit.thenRun(() -> abort.forget(onAbort));
    });
    options.timeout.ifPresent(limit -> killLater(started, limit, options.killSignal));
  }

  private void killLater(ForkedProcess started, Duration limit, int signal) {
    Thread.ofPlatform()
        .daemon()
        .name("fork-timeout " + started.process().pid())
        .start(() -> killAfter(started, limit, signal));
  }

  private void killAfter(ForkedProcess started, Duration limit, int signal) {
    try {
      if (!started.awaitExit(limit)) {
        kill(signal);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void abort(Throwable why, int signal) {
    if (kill(signal)) {
      errors.happen(new ForkError(ForkError.Kind.ABORTED, "the child was aborted", why));
    }
  }

  private void disconnectHappened() {
    streams.end();
    disconnected.happen(true);
  }

  /// It speaks, but not as agreed: it is listened to no further.
  private void distrust(String what) {
    if (distrusted.compareAndSet(false, true)) {
      errors.happen(
          new ForkError(ForkError.Kind.GARBAGE, "the channel is read no further: " + what, null));
      channel.close();
    }
  }

  private void failedToStart(Exception cause) {
    fail(ForkError.Kind.START, "the child could not be started: ", cause);
    sender.disconnected();
    exit.complete(Exit.NONE);
    end.complete(Exit.NONE);
    closed.happen(Exit.NONE);
  }

  private void fail(ForkError.Kind kind, String what, Exception cause) {
    errors.happen(new ForkError(kind, what + cause.getMessage(), cause));
  }

  // ---- State ----

  /// Its process id; empty if it could not be started.
  public OptionalLong pid() {
    ForkedProcess started = process;
    return started == null ? OptionalLong.empty() : OptionalLong.of(started.process().pid());
  }

  /// Whether messages can be sent: until either end disconnects or ends.
  public boolean connected() {
    return sender.isConnected();
  }

  /// Whether a signal (other than 0) was delivered to it by [#kill]; it need not be dead.
  public boolean killed() {
    return killed;
  }

  /// Its exit code, once it has ended by itself.
  public OptionalInt exitCode() {
    Exit now = exit.getNow(null);
    return now == null ? OptionalInt.empty() : now.code();
  }

  /// The signal that killed it, once one has.
  public Optional<String> signalCode() {
    Exit now = exit.getNow(null);
    return now == null ? Optional.empty() : now.signal();
  }

  /// Completed when the process has ended, before the `exit` listeners are called; listeners of
  /// this child may wait for it. Its stages run on the thread that comes to `close` afterwards: one
  /// that waits for [#closed] waits for ever (`thenCompose` does not). If the child could not be
  /// started, neither code nor signal is there.
  public CompletableFuture<Exit> exited() {
    return exit.copy();
  }

  /// Completed when `close` has happened. Its stages run before the parent's JVM may end.
  public CompletableFuture<Exit> closed() {
    return end.copy();
  }

  /// What its heap holds, asked over its lifeline; empty if it is no JVM of ours or does not
  /// answer.
  public Optional<HeapUse> heap(Duration patience) {
    return ask(started -> started.heap(patience));
  }

  /// What its heap has cost so far (collections, allocation), asked over its lifeline; empty if it
  /// is no JVM of ours or does not answer.
  public Optional<HeapWork> heapWork(Duration patience) {
    return ask(started -> started.heapWork(patience));
  }

  /// What its JVM says of itself, asked over its lifeline; empty if it is no JVM of ours or does
  /// not answer.
  public Optional<JvmReport> jvm(Duration patience) {
    return ask(started -> started.jvm(patience));
  }

  /// What the parent writes to its standard input, if piped.
  public Optional<OutputStream> stdin() {
    return ask(started -> started.process().stdin());
  }

  /// Its standard output, if piped.
  public Optional<InputStream> stdout() {
    return ask(started -> started.process().stdout());
  }

  /// Its standard error, if piped.
  public Optional<InputStream> stderr() {
    return ask(started -> started.process().stderr());
  }

  private <T> Optional<T> ask(Function<ForkedProcess, Optional<T>> question) {
    ForkedProcess started = process;
    return started == null ? Optional.empty() : question.apply(started);
  }

  // ---- Doing ----

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
  ///
  /// @return whether there is room for more
  /// @throws IllegalArgumentException if the message cannot be written by this channel's codec
  public boolean send(@Nullable Object message, SendCallback callback) {
    return sender.send(message, callback);
  }

  /// Sends a message; the future is completed when it is written, or fails with a [ForkError]. Its
  /// stages may block.
  public CompletableFuture<@Nullable Void> sendAsync(@Nullable Object message) {
    return sender.sendAsync(message);
  }

  /// Opens a stream of bytes to the child, which takes it with [Parent#onStream]. Messages go on
  /// beside it; those sent before are heard before it opens. Blocks while [Streams#MAX_OPEN] are
  /// open.
  ///
  /// @param name what the child is told, at most 1024 bytes
  /// @throws dev.forklab.fork.stream.StreamException if the connection has ended
  /// @throws IOException if the channel's queue is full
  public StreamOutput openStream(String name) throws IOException {
    return streams.open(name);
  }

  /// Ends the connection: [#connected] is false at once, what was queued is still delivered, then
  /// `disconnect` happens. A second call is an `error` event.
  public void disconnect() {
    sender.disconnect();
  }

  /// [#kill(String)] with `SIGTERM`.
  public boolean kill() {
    return kill(Signals.SIGTERM);
  }

  /// Sends a signal.
  ///
  /// @return whether it was delivered; false if the child is gone
  /// @throws IllegalArgumentException if there is no such signal
  public boolean kill(String signal) {
    return kill(Signals.number(signal));
  }

  /// Sends a signal by its number; 0 only asks whether the child is there.
  public boolean kill(int signal) {
    ForkedProcess started = process;
    if (started == null) {
      return false;
    }
    try {
      boolean delivered = started.process().kill(Signals.require(signal));
      if (delivered && signal != 0) {
        killed = true;
      }
      return delivered;
    } catch (SignalRefusedException e) {
      fail(ForkError.Kind.KILL, "the child could not be sent a signal: ", e);
      return false;
    }
  }

  /// Disconnects the child, and returns when `close` has happened; a child that has not ended after
  /// its [ForkOptions.Builder#grace] is killed. Called by one of its listeners, callbacks or stages
  /// of [#exited], it does not wait. If the calling thread is interrupted, the child is killed at
  /// once.
  @Override
  public void close() {
    sender.end();
    ForkedProcess started = process;
    if (started == null || end.isDone()) {
      return;
    }
    killLater(started, grace, Signals.SIGKILL);
    if (!turn.isMine() && !started.isOwnThread()) {
      awaitClosed();
    }
  }

  private void awaitClosed() {
    try {
      end.get();
    } catch (InterruptedException _) {
      kill(Signals.SIGKILL);
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a child cannot fail", e);
    }
  }

  // ---- Listening ----

  /// Called with each message, as maps, lists and scalars.
  public ChildProcess onMessage(Consumer<@Nullable Object> listener) {
    inbox.listen(false, listener);
    return this;
  }

  /// Called with each message, bound to a type by Jackson; one that does not fit is an `error`
  /// event. The records of a sealed interface, or classes of a sealed class, say by a property
  /// `type` which they are.
  ///
  /// With listeners of several types, each is called with what fits its type exactly (it has all
  /// components of it, and nothing else); what fits none is an `error` event, unless somebody hears
  /// all messages.
  public <T> ChildProcess onMessage(Class<T> type, Consumer<T> listener) {
    inbox.listen(false, type, listener);
    return this;
  }

  /// As [#onMessage(Class, Consumer)], for a type with parameters: `new
  /// TypeReference<List<Point>>() {}`.
  public <T> ChildProcess onMessage(TypeReference<T> type, Consumer<T> listener) {
    inbox.listen(false, type.getType(), listener);
    return this;
  }

  /// Called with the next message only, as maps, lists and scalars. What comes after it is kept if
  /// nobody else listens.
  public ChildProcess onceMessage(Consumer<@Nullable Object> listener) {
    inbox.listen(true, listener);
    return this;
  }

  /// Called with the next message only that fits the type.
  public <T> ChildProcess onceMessage(Class<T> type, Consumer<T> listener) {
    inbox.listen(true, type, listener);
    return this;
  }

  /// Takes the streams that the child opens, each on a thread of its own. Those opened before are
  /// kept for it; there is one such listener.
  public ChildProcess onStream(StreamListener listener) {
    streams.listen(listener);
    return this;
  }

  /// Called when the process has been started, before everything else.
  public ChildProcess onSpawn(Runnable listener) {
    spawned.listen(listener);
    return this;
  }

  /// Called when something could not be done; see [ForkError.Kind].
  public ChildProcess onError(Consumer<ForkError> listener) {
    errors.listen(listener);
    return this;
  }

  /// Called when the process has ended; its piped output may still be open.
  public ChildProcess onExit(Consumer<Exit> listener) {
    exited.listen(listener);
    return this;
  }

  /// Called when the connection has ended.
  public ChildProcess onDisconnect(Runnable listener) {
    disconnected.listen(listener);
    return this;
  }

  /// Called last: the process is gone, its messages are delivered, its piped outputs at their end.
  public ChildProcess onClose(Consumer<Exit> listener) {
    closed.listen(listener);
    return this;
  }

  /// Takes a listener off: an object equal to the one that was given to one of the methods above,
  /// except that of [#onStream]. An event that is on its way may still reach it.
  public ChildProcess off(Object listener) {
    inbox.forget(listener);
    errors.forget(listener);
    disconnected.forget(listener);
    spawned.forget(listener);
    exited.forget(listener);
    closed.forget(listener);
    return this;
  }

  /// What the threads of the [ForkedProcess] tell.
  private final class Events implements ForkedProcess.Listener {

    @Override
    public void frame(Frame frame) {
      switch (frame.kind()) {
        case MESSAGE, BYTES, TEXT -> inbox.receive(frame);
        case DISCONNECT -> sender.disconnected();
        case HELLO -> {}
        case STREAM_OPEN, STREAM_DATA, STREAM_END, STREAM_CREDIT, STREAM_CLOSED ->
            streams.receive(frame);
        case TASK, REPLY, THREW, CANCEL, CANCELLED, PROGRESS ->
            distrust("expected a message, found a frame " + frame.kind());
      }
    }

    @Override
    public void channelEnded(@Nullable IOException failure) {
      if (failure instanceof FrameException) {
        fail(ForkError.Kind.GARBAGE, "the channel is read no further: ", failure);
      } else if (failure != null && !isPlainEnd(failure)) {
        fail(ForkError.Kind.CHANNEL, "the child could not be connected: ", failure);
      }
      sender.disconnected();
    }

    /// It ended before it had connected, or this end was closed.
    private static boolean isPlainEnd(IOException failure) {
      return failure instanceof EOFException
          || failure instanceof ChannelClosedException
          || failure instanceof ClosedChannelException;
    }

    @Override
    public void exited(ExitStatus status) {
      inbox.peerIsGone();
      Exit how = Exit.of(status);
      exit.complete(how);
      exited.happen(how);
    }

    @Override
    public void closed() {
      Exit how = exit.getNow(Exit.NONE);
      closed.happen(how);
      end.complete(how);
    }
  }
}
