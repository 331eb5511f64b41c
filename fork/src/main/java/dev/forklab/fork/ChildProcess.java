package dev.forklab.fork;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.data.HeapUse;
import dev.forklab.fork.data.HeapWork;
import dev.forklab.fork.data.JvmReport;
import dev.forklab.fork.launch.ForkedProcess;
import dev.forklab.fork.process.SignalRefusedException;
import dev.forklab.fork.process.Signals;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A forked child, as its parent sees it: Node's `ChildProcess`.
///
/// Safe for use by many threads. Listeners of one child are called one at a time, in order (the
/// package's page says on which threads). `spawn`, `exit`, `disconnect` and `close` happen at most
/// once, and a listener that comes late hears of them all the same; messages and errors are kept
/// for the first listener.
public final class ChildProcess extends Endpoint<ChildProcess> implements AutoCloseable {

  private final OneTimeEvent<Boolean> spawned;
  private final OneTimeEvent<Exit> exited;
  private final OneTimeEvent<Exit> closed;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final CompletableFuture<Exit> ended = new CompletableFuture<>();
  private final Duration grace;
  // Null if it could not be started. Set before any other thread knows this object.
  private @Nullable ForkedProcess process;
  // Written by whoever kills, read by any.
  private volatile boolean killed;

  private ChildProcess(String name, ForkOptions options, FrameChannel channel) {
    super(name, "the child", channel, options.bounds, options.serialization, true);
    grace = options.grace;
    spawned = new OneTimeEvent<>(turn, EventTurn.Rank.FIRST);
    exited = new OneTimeEvent<>(turn, EventTurn.Rank.USUAL);
    closed = new OneTimeEvent<>(turn, EventTurn.Rank.LAST);
  }

  @Override
  ChildProcess self() {
    return this;
  }

  static ChildProcess start(Entry entry, ForkOptions options) {
    return start(entry, options, new EntryCommand(entry, options));
  }

  static ChildProcess start(Entry entry, ForkOptions options, EntryCommand launch) {
    String name = nameOf(entry);
    ChannelBounds bounds = options.bounds;
    FrameChannel channel = FrameChannel.spinning(bounds);
    ChildProcess child = new ChildProcess(name, options, channel);
    try {
      ForkedProcess process =
          ForkedProcess.start(
              new ForkedProcess.Plan(
                  name,
                  launch.onPipes(),
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
      fail(ForkError.Kind.ABORTED, "the child was aborted: ", why);
    }
  }

  private void failedToStart(Exception cause) {
    fail(ForkError.Kind.START, "the child could not be started: ", cause);
    channelEnded(null);
    exit.complete(Exit.UNKNOWN);
    ended.complete(Exit.UNKNOWN);
    closed.happen(Exit.UNKNOWN);
  }

  // ---- State ----

  /// Its process id; empty if it could not be started.
  public OptionalLong pid() {
    ForkedProcess started = process;
    return started == null ? OptionalLong.empty() : OptionalLong.of(started.process().pid());
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
    return ended.copy();
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
    end();
    ForkedProcess started = process;
    if (started == null || ended.isDone()) {
      return;
    }
    killLater(started, grace, Signals.SIGKILL);
    if (!turn.isMine() && !started.isOwnThread()) {
      awaitClosed();
    }
  }

  private void awaitClosed() {
    try {
      ended.get();
    } catch (InterruptedException _) {
      kill(Signals.SIGKILL);
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a child cannot fail", e);
    }
  }

  // ---- Listening ----

  /// Called when the process has been started, before everything else.
  public ChildProcess onSpawn(Runnable listener) {
    spawned.listen(listener);
    return this;
  }

  /// Called when the process has ended; its piped output may still be open.
  public ChildProcess onExit(Consumer<Exit> listener) {
    exited.listen(listener);
    return this;
  }

  /// Called last: the process is gone, its messages are delivered, its piped outputs at their end.
  public ChildProcess onClose(Consumer<Exit> listener) {
    closed.listen(listener);
    return this;
  }

  @Override
  public ChildProcess off(Object listener) {
    spawned.forget(listener);
    exited.forget(listener);
    closed.forget(listener);
    return super.off(listener);
  }

  /// What the threads of the [ForkedProcess] tell.
  private final class Events implements ForkedProcess.Listener {

    @Override
    public void frame(Frame frame) {
      if (frame.kind() != FrameKind.HELLO) { // An executable's greeting, which nobody waits for.
        receive(frame);
      }
    }

    @Override
    public void channelEnded(@Nullable IOException failure) {
      ChildProcess.this.channelEnded(failure);
    }

    @Override
    public void exited(Exit how) {
      peerIsGone();
      exit.complete(how);
      exited.happen(how);
    }

    @Override
    public void closed() {
      Exit how = exit.getNow(Exit.UNKNOWN);
      closed.happen(how);
      ended.complete(how);
    }
  }
}
