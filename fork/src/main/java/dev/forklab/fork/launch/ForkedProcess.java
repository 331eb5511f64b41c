package dev.forklab.fork.launch;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.Lifeline;
import dev.forklab.fork.channel.PrivateSocket;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.data.HeapUse;
import dev.forklab.fork.data.HeapWork;
import dev.forklab.fork.data.JvmReport;
import dev.forklab.fork.data.MessageWork;
import dev.forklab.fork.process.ChannelPipes;
import dev.forklab.fork.process.ChildHandle;
import dev.forklab.fork.process.ProcessSpec;
import dev.forklab.fork.process.Spawner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A child process with its channel and its lifeline: what the pool and the public API are made of.
///
/// They talk over pipes that the child inherits, which costs it least, or over a socket that it
/// connects to, where it inherits none (any executable, another user, a system without
/// `posix_spawn`) and in a pool.
///
/// **Threads.** Two of its own: `fork-channel NAME` accepts the child's connection, if it makes
/// one, reads its frames and writes what senders could not; `fork-exit NAME` waits for the process
/// to end. Each tells the [Listener]; both end when the child has ended.
///
/// **Order.** Frames in the order sent, then `channelEnded`, on the channel thread. `exited` comes
/// from the other thread, at any time. `closed` comes once, after both. What the child wrote before
/// it ended is handed on before `channelEnded`, whatever else holds its socket open.
public final class ForkedProcess {

  private static final Duration STREAMS_PATIENCE = Duration.ofSeconds(1);

  /// Told what the child does. Must not throw.
  public interface Listener {

    /// A frame arrived. While this runs, no other is read.
    void frame(Frame frame);

    /// No frame will come any more, because the child closed its end, died, or never connected.
    ///
    /// @param failure what was wrong with the bytes or the connection; null for a plain end, an
    ///   [java.io.EOFException] if the child ended before it had connected
    void channelEnded(@Nullable IOException failure);

    /// The process has ended.
    void exited(Exit status);

    /// Both have happened: this is the last call.
    void closed();
  }

  private final Plan plan;
  private final ChildHandle process;
  private final Meeting meeting;
  private final FrameChannel channel;
  private final Listener listener;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final AtomicInteger endsLeft = new AtomicInteger(2);
  private final Thread channelThread;
  private final Thread exitThread;
  // Written by the channel thread, read by any.
  private volatile @Nullable Lifeline lifeline;

  private ForkedProcess(
      Plan plan, ChildHandle process, Meeting meeting, FrameChannel channel, Listener listener) {
    this.plan = plan;
    this.process = process;
    this.meeting = meeting;
    this.channel = channel;
    this.listener = listener;
    this.channelThread = thread("fork-channel " + plan.name(), this::runChannel, true);
    this.exitThread = thread("fork-exit " + plan.name(), this::runExit, !plan.keepsParent());
  }

  private static Thread thread(String name, Runnable work, boolean daemon) {
    Thread thread = new Thread(work, name); // Calls listeners: a usual stack.
    thread.setDaemon(daemon);
    return thread;
  }

  /// What to start.
  ///
  /// @param name the role name that its threads carry
  /// @param onPipes the process that will talk on pipes which hold so many bytes each; empty if it
  ///   cannot. May throw an [UncheckedIOException]
  /// @param spec the process that will connect to the socket of this path; may throw an
  ///   [UncheckedIOException]
  /// @param lifeline whether the child makes a second connection, its lifeline
  /// @param keepsParent whether this JVM goes on, when all else has ended, until the child has
  /// @param user the user that the child will be; empty for this one
  public record Plan(
      String name,
      Optional<IntFunction<ProcessSpec>> onPipes,
      Function<Path, ProcessSpec> spec,
      boolean lifeline,
      boolean keepsParent,
      OptionalInt user) {

    /// One that connects to a socket.
    public Plan(
        String name,
        Function<Path, ProcessSpec> spec,
        boolean lifeline,
        boolean keepsParent,
        OptionalInt user) {
      this(name, Optional.empty(), spec, lifeline, keepsParent, user);
    }
  }

  /// Where the child and this process find each other.
  private sealed interface Meeting {

    record AtSocket(PrivateSocket socket) implements Meeting {}

    record OnPipes(ChannelPipes pipes) implements Meeting {}
  }

  /// Starts a process. The listener hears nothing before [#begin] is called.
  ///
  /// @param channel what it will be attached to; frames sent before wait
  /// @throws IOException if the process cannot be started; nothing is left then
  public static ForkedProcess start(Plan plan, FrameChannel channel, Listener listener)
      throws IOException {
    Optional<ChannelPipes> pipes =
        plan.onPipes().isPresent() ? Spawner.ofThisPlatform().openPipes() : Optional.empty();
    try {
      return pipes.isPresent()
          ? onPipes(plan, pipes.get(), channel, listener)
          : atSocket(plan, channel, listener);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static ForkedProcess onPipes(
      Plan plan, ChannelPipes pipes, FrameChannel channel, Listener listener) throws IOException {
    boolean begun = false;
    try {
      ProcessSpec spec = plan.onPipes().orElseThrow().apply(pipes.capacityBytes());
      ChildHandle process = Spawner.ofThisPlatform().spawn(spec, pipes);
      begun = true;
      return new ForkedProcess(plan, process, new Meeting.OnPipes(pipes), channel, listener);
    } finally {
      if (!begun) {
        pipes.close();
      }
    }
  }

  private static ForkedProcess atSocket(Plan plan, FrameChannel channel, Listener listener)
      throws IOException {
    PrivateSocket socket = PrivateSocket.open(plan.user());
    try {
      ChildHandle process = Spawner.ofThisPlatform().spawn(plan.spec().apply(socket.file()));
      return new ForkedProcess(plan, process, new Meeting.AtSocket(socket), channel, listener);
    } catch (IOException | RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }

  /// Starts its threads. Once only. If the system has no more threads to give, nothing waits for
  /// the process any more, whose end is then the caller's to see to.
  public void begin() {
    boolean begun = false;
    try {
      channelThread.start();
      exitThread.start();
      begun = true;
    } finally {
      if (!begun) {
        abandon();
      }
    }
  }

  /// The channel thread, if it runs, closes it; else nobody would.
  private void abandon() {
    childIsGone();
    if (!channelThread.isAlive()) {
      try {
        switch (meeting) {
          case Meeting.AtSocket(var socket) -> socket.close();
          case Meeting.OnPipes(var pipes) -> pipes.close();
        }
      } catch (IOException _) {
        // What is thrown already says more.
      }
    }
  }

  private void childIsGone() {
    if (meeting instanceof Meeting.AtSocket(var socket)) {
      socket.childIsGone();
    }
    channel.peerIsGone();
  }

  /// The process itself.
  public ChildHandle process() {
    return process;
  }

  /// The channel; frames sent before the child has connected wait for it.
  public FrameChannel channel() {
    return channel;
  }

  /// What the child's heap holds; empty if it is not connected, or does not answer in time.
  public Optional<HeapUse> heap(Duration patience) {
    return ask(line -> line.heap(patience));
  }

  /// What the child's heap has cost so far; empty as [#heap] is.
  public Optional<HeapWork> heapWork(Duration patience) {
    return ask(line -> line.heapWork(patience));
  }

  /// What messages have cost the child since it was first asked; empty as [#heap] is.
  public Optional<MessageWork> messageWork(Duration patience) {
    return ask(line -> line.messageWork(patience));
  }

  /// What the child's JVM says of itself; empty as [#heap] is.
  public Optional<JvmReport> jvm(Duration patience) {
    return ask(line -> line.jvm(patience));
  }

  private <T> Optional<T> ask(Function<Lifeline, Optional<T>> question) {
    Lifeline line = lifeline;
    return line == null ? Optional.empty() : question.apply(line);
  }

  /// Blocks until the process has ended.
  ///
  /// @return false if that takes longer than `patience`
  public boolean awaitExit(Duration patience) throws InterruptedException {
    try {
      exit.get(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("an exit is never completed with a failure", e);
    }
  }

  /// Whether one of its threads runs.
  public boolean isRunning() {
    return channelThread.isAlive() || exitThread.isAlive();
  }

  /// Whether the calling thread is one of its own, which must return before it can be closed.
  public boolean isOwnThread() {
    Thread current = Thread.currentThread();
    return current == channelThread || current == exitThread;
  }

  /// Blocks until `closed` has been told and both threads have ended.
  ///
  /// @return false if that takes longer than `patience`
  public boolean awaitClosed(Duration patience) throws InterruptedException {
    long beginNanos = System.nanoTime();
    return channelThread.join(patience)
        && exitThread.join(patience.minusNanos(System.nanoTime() - beginNanos));
  }

  private void runChannel() {
    IOException failure = null;
    try {
      failure = connect();
      channel.readToEnd(listener::frame);
    } catch (IOException e) {
      failure = e;
    } finally {
      channel.close();
      listener.channelEnded(failure);
      oneEnded();
    }
  }

  /// Returns why there is no lifeline, if there should be one: the child has ended, or will for
  /// want of it. What it wrote is read all the same.
  private @Nullable IOException connect() throws IOException {
    return switch (meeting) {
      case Meeting.AtSocket(var socket) -> accept(socket);
      case Meeting.OnPipes(var pipes) -> {
        lifeline = new Lifeline(pipes.lifeline());
        channel.attach(pipes.wire(), process::isPeerAt);
        yield null;
      }
    };
  }

  private @Nullable IOException accept(PrivateSocket listening) throws IOException {
    try (listening) {
      var _ = process.isPeerAt(listening.file()); // Nobody yet: what asks is loaded meanwhile.
      SocketChannel socket = acceptChild(listening);
      try {
        channel.attach(socket);
      } catch (IOException e) {
        socket.close(); // So that the child ends.
        throw e;
      }
      return plan.lifeline() ? acceptLifeline(listening) : null;
    }
  }

  private SocketChannel acceptChild(PrivateSocket listening) throws IOException {
    return listening.accept(process::isPeerAt);
  }

  private @Nullable IOException acceptLifeline(PrivateSocket listening) {
    try {
      lifeline = new Lifeline(acceptChild(listening));
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private void runExit() {
    Exit status = process.awaitExit();
    childIsGone();
    exit.complete(status);
    listener.exited(status);
    oneEnded();
    if (plan.keepsParent()) {
      awaitChannelThread();
    }
  }

  /// This thread is what keeps the JVM: until the listener has heard of the end.
  private void awaitChannelThread() {
    try {
      channelThread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void oneEnded() {
    if (endsLeft.decrementAndGet() > 0) {
      return;
    }
    try (Lifeline _ = lifeline) {
      process.finishStreams(STREAMS_PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException("a stream of a dead child cannot be closed", e);
    } finally {
      listener.closed();
    }
  }
}
