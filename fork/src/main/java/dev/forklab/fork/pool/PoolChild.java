package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.channel.ChannelClosedException;
import dev.forklab.fork.channel.ChildEnd;
import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.MessageClock;
import dev.forklab.fork.channel.MessageClock.Part;
import dev.forklab.fork.codec.MessageCodec;
import dev.forklab.fork.codec.Thrown;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.stream.StreamOutput;
import dev.forklab.fork.stream.Streams;
import dev.forklab.fork.stream.Waiting;
import dev.forklab.fork.thread.ThreadState;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The main class of a worker: takes tasks in order, runs each on the main thread, replies.
///
/// The order is what lets the parent know which task may have started when this process dies: a
/// reply is in the socket, whole, before the next task starts; and what the parent asked (not to
/// start a task, to end) is read before each start.
final class PoolChild {

  /// The exit code of a worker that could not make its task.
  static final int NO_TASK_EXIT_CODE = 112;

  // Before those of the tasks.
  private static final int OWN_ARGUMENTS = 4;

  private final FrameChannel channel;
  private final Serialization serialization;
  private final int maxFrameBytes;
  private final WorkerContext worker;
  private final String ownTask;
  private final Thread thread = Thread.currentThread();
  private final Map<String, Made> made = new HashMap<>();
  // By their ids, in order. One that was cancelled before its start is a CANCEL in its place.
  private final SequencedMap<Long, Frame> tasks = new LinkedHashMap<>();
  // The names of those that are not the pool's own.
  private final Map<Long, String> names = new HashMap<>();
  private @Nullable Running running;
  private @Nullable Streams streams;
  private boolean ending;

  /// A task's object, and how its requests and replies travel.
  private record Made(Task<Object, @Nullable Object> task, TaskType type) {}

  private PoolChild(
      FrameChannel channel,
      Serialization serialization,
      int maxFrameBytes,
      String ownTask,
      List<String> args) {
    this.channel = channel;
    this.serialization = serialization;
    this.maxFrameBytes = maxFrameBytes;
    this.ownTask = ownTask;
    this.worker = new WorkerContext(args);
  }

  /// What the worker must know, as the arguments of its main method.
  static List<String> arguments(Path socket, ForkPoolOptions<?, ?> options) {
    List<String> arguments = new ArrayList<>();
    arguments.add(socket.toString());
    arguments.add(options.serialization.name());
    arguments.add(Integer.toString(options.maxMessageBytes));
    arguments.add(options.task.getName());
    arguments.addAll(options.args);
    return arguments;
  }

  /// Started by the pool only.
  public static void main(String[] args) throws IOException {
    if (args.length < OWN_ARGUMENTS) {
      throw new IllegalArgumentException(
          "expected the arguments that a ForkPool gives, found " + args.length);
    }
    ChannelBounds bounds = ChannelBounds.DEFAULT.withMaxFrameBytes(Integer.parseInt(args[2]));
    try (FrameChannel channel = ChildEnd.connect(Path.of(args[0]), bounds, false).channel()) {
      PoolChild child =
          new PoolChild(
              channel,
              Serialization.valueOf(args[1]),
              bounds.maxFrameBytes(),
              args[3],
              Arrays.asList(args).subList(OWN_ARGUMENTS, args.length));
      if (child.makeOwn()) {
        channel.send(Frame.bare(FrameKind.HELLO, ProcessHandle.current().pid()));
        leaveSignals(); // While the parent reads that: it takes a moment.
        child.run();
      }
    } catch (ChannelClosedException _) {
      // The parent has closed the channel, or is gone: nobody waits for an answer or an
      // explanation.
      return;
    }
  }

  /// On a module path its module may be missing: a session of its own still keeps Ctrl-C away.
  private static void leaveSignals() {
    if (ModuleLayer.boot().findModule("jdk.unsupported").isPresent()) {
      ParentsSignals.leave();
    }
  }

  /// Makes the pool's own task; if it cannot, the parent is told why, and this process ends.
  private boolean makeOwn() throws IOException {
    try {
      made.put(ownTask, make(ownTask));
      return true;
    } catch (Throwable e) {
      channel.send(new Frame(FrameKind.THREW, 0, Thrown.of(e).encode(maxFrameBytes)));
      channel.flush();
      Runtime.getRuntime().halt(NO_TASK_EXIT_CODE);
      return false;
    }
  }

  @SuppressWarnings("unchecked") // Its type says what its requests are bound to.
  private Made make(String name) throws Exception {
    Class<?> type = Class.forName(name, true, Thread.currentThread().getContextClassLoader());
    TaskType itsType = TaskType.of(type, serialization);
    Task<Object, @Nullable Object> task =
        (Task<Object, @Nullable Object>) type.getConstructor().newInstance();
    task.start(worker);
    return new Made(task, itsType);
  }

  private void run() throws IOException {
    ThreadState home = ThreadState.ofCurrent(); // As the task's start left it.
    // Asked to end, it does first what it was given before: those tasks count on it.
    while (!ending || !tasks.isEmpty()) {
      if (tasks.isEmpty()) {
        channel.await();
      }
      if (!channel.readAvailable(this::accept)) {
        return;
      }
      Map.Entry<Long, Frame> task = tasks.pollFirstEntry();
      if (task != null) {
        channel.send(outcome(task.getValue()));
        home.restore();
        channel.flush();
      }
    }
  }

  private void accept(Frame frame) {
    switch (frame.kind()) {
      case TASK -> tasks.put(frame.id(), frame);
      case TASK_NAME -> names.put(frame.id(), new String(frame.body(), UTF_8));
      case CANCEL -> {
        Running now = running;
        if (now != null && now.id == frame.id()) {
          now.cancelled = true;
        } else {
          tasks.replace(frame.id(), frame);
        }
      }
      case DISCONNECT -> ending = true;
      case STREAM_OPEN, STREAM_DATA, STREAM_END, STREAM_CREDIT, STREAM_CLOSED ->
          streams().receive(frame);
      default -> throw new IllegalStateException("expected a task, found a frame " + frame.kind());
    }
  }

  private Frame outcome(Frame frame) {
    String name = names.remove(frame.id());
    if (frame.kind() == FrameKind.CANCEL) {
      return Frame.bare(FrameKind.CANCELLED, frame.id());
    }
    Running now = new Running(frame.id());
    running = now;
    try {
      if (frame.isUnreadable()) {
        throw Frame.noMemory();
      }
      byte[] reply = reply(made(name == null ? ownTask : name), frame.body(), now);
      return now.cancelled
          ? Frame.bare(FrameKind.CANCELLED, now.id)
          : new Frame(FrameKind.REPLY, now.id, reply);
    } catch (Throwable e) {
      return new Frame(FrameKind.THREW, now.id, Thrown.of(e).encode(maxFrameBytes));
    } finally {
      running = null;
    }
  }

  /// Made when a task uses the first.
  private Streams streams() {
    Streams made = streams;
    if (made == null) {
      made =
          new Streams(
              channel,
              maxFrameBytes,
              Waiting.byReading(thread, this::readWithinTask),
              true,
              what -> {
                throw new IllegalStateException(what);
              });
      streams = made;
    }
    return made;
  }

  /// Reads what the parent sends, while a task waits for it; the task's thread is left as it was.
  private void readWithinTask() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while a task waits for its stream");
    }
    ThreadState here = ThreadState.ofCurrent();
    try {
      channel.await();
      if (!channel.readAvailable(this::accept)) {
        throw new EOFException("the parent has ended");
      }
    } finally {
      here.restore();
    }
  }

  private Made made(String name) throws Exception {
    Made known = made.get(name);
    if (known == null) {
      known = make(name);
      made.put(name, known);
    }
    return known;
  }

  private byte[] reply(Made by, byte[] body, Running context) throws Exception {
    MessageClock clock = channel.clock();
    long begun = clock.begin();
    Object request =
        Objects.requireNonNull(
            by.type.requests().decode(body), "expected a request, found JSON's null");
    clock.end(Part.DECODE, begun);
    byte[] reply;
    try (context) {
      begun = clock.begin();
      Object result = by.task.run(request, context);
      clock.end(Part.TASK, begun);
      begun = clock.begin();
      reply = by.type.replies().encode(result);
      clock.end(Part.ENCODE, begun);
    }
    if (reply.length > maxFrameBytes) {
      throw new IllegalStateException(
          "expected a reply of at most %s encoded bytes, found %s; raise maxMessageBytes"
              .formatted(maxFrameBytes, reply.length));
    }
    return reply;
  }

  /// The request that this process is at.
  private final class Running implements TaskContext, AutoCloseable {

    private final long id;
    private boolean cancelled;
    private @Nullable InputStream input;
    private @Nullable StreamOutput output;

    Running(long id) {
      this.id = id;
    }

    @Override
    public void progress(@Nullable Object value) {
      requireOwnThread();
      byte[] body = MessageCodec.of(serialization).encode(value);
      try {
        channel.send(new Frame(FrameKind.PROGRESS, id, body));
        // A parent that does not keep up holds the task back. What is queued here would keep the
        // reply, and a cancel, waiting behind it.
        channel.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("a task's progress was not sent", e);
      }
    }

    @Override
    public boolean isCancelled() {
      requireOwnThread();
      try {
        if (!channel.readAvailable(PoolChild.this::accept)) {
          cancelled = true;
        }
      } catch (IOException _) {
        cancelled = true; // The parent is gone.
      }
      return cancelled;
    }

    @Override
    public InputStream input() throws IOException {
      requireOwnThread();
      InputStream opened = input;
      if (opened == null) {
        channel.send(Frame.bare(FrameKind.INPUT, id));
        opened = streams().take(name());
        while (opened == null) {
          readWithinTask();
          opened = streams().take(name());
        }
        input = opened;
      }
      return opened;
    }

    @Override
    public OutputStream output() throws IOException {
      requireOwnThread();
      StreamOutput opened = output;
      if (opened == null) {
        opened = streams().open(name());
        output = opened;
      }
      return opened;
    }

    private String name() {
      return Long.toString(id);
    }

    /// What the task has written is with the parent before the reply is.
    @Override
    public void close() throws IOException {
      try (InputStream _ = input;
          OutputStream _ = output) {
        // Nothing more is read or written.
      }
    }

    private void requireOwnThread() {
      if (Thread.currentThread() != thread || running != this) {
        throw new IllegalStateException(
            "expected a call on the task's own thread while its request runs, found one on "
                + Thread.currentThread().getName());
      }
    }
  }
}
