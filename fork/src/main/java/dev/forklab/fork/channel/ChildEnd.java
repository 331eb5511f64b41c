package dev.forklab.fork.channel;

import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.HeapUse;
import dev.forklab.fork.data.HeapWork;
import dev.forklab.fork.data.JvmReport;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/// The child's end: its channel to the parent, and the lifeline on which a thread of its own waits
/// for the parent's end.
///
/// The *lifeline thread* does nothing but block in a read of the second connection. It answers the
/// parent's questions about the heap, and when the parent's end closes (which the kernel does
/// however the parent dies) it ends this JVM ([#end]): a busy loop, a full queue, a stopped
/// listener or a changed parent pid do not matter to it.
public final class ChildEnd {

  /// The exit code of a child whose parent went away.
  public static final int PARENT_GONE_EXIT_CODE = 113;

  /// How long it may take to end by itself then, unless it was told otherwise.
  public static final Duration GRACE = Duration.ofSeconds(5);

  private final FrameChannel channel;

  private ChildEnd(FrameChannel channel) {
    this.channel = channel;
  }

  /// Connects to the parent that listens at `file`.
  ///
  /// @param outlivesParent whether the child goes on when its parent has ended
  public static ChildEnd connect(Path file, ChannelBounds bounds, boolean outlivesParent)
      throws IOException {
    FrameChannel channel = new FrameChannel(bounds);
    connect(file, channel, outlivesParent ? () -> {} : () -> end(GRACE, () -> {}));
    return new ChildEnd(channel);
  }

  /// The same for a channel that there is already: what was sent on it before is written then.
  ///
  /// @param parentGone called on the lifeline thread when the parent has ended
  public static void connect(Path file, FrameChannel channel, Runnable parentGone)
      throws IOException {
    SocketChannel socket = connect(file);
    ChildLine lifeline = new ConnectedLine(connect(file), file);
    channel.attach(socket);
    watch(lifeline, channel, parentGone);
  }

  /// Takes over the pipes that this process has inherited; what was sent on the channel before is
  /// written then.
  ///
  /// @param capacityBytes how much each of the channel's pipes holds
  /// @param parentGone called on the lifeline thread when the parent has ended
  public static void inherit(int capacityBytes, FrameChannel channel, Runnable parentGone)
      throws IOException {
    try {
      ChildLine lifeline = new InheritedLine(Inherited.QUESTIONS.path(), Inherited.ANSWERS.path());
      channel.attachMovable(
          new StreamWire(Inherited.FROM_PARENT.path(), Inherited.TO_PARENT.path(), capacityBytes));
      watch(lifeline, channel, parentGone);
    } catch (FileNotFoundException e) {
      throw new IOException(
          "expected to inherit the pipes to the parent as descriptors 3 to 6, found none there;"
              + " does ForkOptions.execPath name something that closes what it inherits?",
          e);
    }
  }

  private static void watch(ChildLine lifeline, FrameChannel channel, Runnable parentGone) {
    Thread thread =
        new Thread(
            null, () -> guard(lifeline, channel.clock(), parentGone), "fork-lifeline", 128 << 10);
    thread.setDaemon(true);
    thread.start();
  }

  /// Connects a child that the parent does not know to be a JVM: it has no lifeline, and must end
  /// by itself when the channel does.
  public static FrameChannel connectWithoutLifeline(Path file, ChannelBounds bounds)
      throws IOException {
    FrameChannel channel = new FrameChannel(bounds);
    channel.attach(connect(file));
    return channel;
  }

  private static SocketChannel connect(Path file) throws IOException {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(file));
    } catch (ConnectException e) {
      PrivateSocket.removeAbandoned(file); // Nobody listens: the parent has ended.
      throw e;
    }
  }

  /// Frames to and from the parent.
  public FrameChannel channel() {
    return channel;
  }

  private static void guard(ChildLine lifeline, MessageClock clock, Runnable parentGone) {
    try {
      ByteBuffer answer = ByteBuffer.allocate(LifelineAnswers.BYTES); // All of it is sent.
      for (int question = lifeline.next(); question >= 0; question = lifeline.next()) {
        put(question, clock, answer.clear());
        lifeline.answer(answer.clear());
      }
    } catch (IOException | RuntimeException | Error _) {
      // Whatever went wrong here, the parent can no longer be watched: as if it had gone.
    }
    try {
      lifeline.ended();
    } catch (IOException | RuntimeException | Error _) {
      // Nothing hangs on it.
    }
    parentGone.run();
  }

  private static void put(int question, MessageClock clock, ByteBuffer answer) {
    switch (question) {
      case Lifeline.HEAP_WORK -> LifelineAnswers.put(HeapWork.ofThisJvm(), answer);
      case Lifeline.MESSAGE_WORK -> LifelineAnswers.put(clock.work(), answer);
      case Lifeline.JVM -> LifelineAnswers.put(JvmReport.ofThisJvm(), answer);
      default -> LifelineAnswers.put(HeapUse.ofThisJvm(), answer);
    }
  }

  /// The child's end of the lifeline.
  private interface ChildLine {

    /// Blocks until the parent asks something, and returns it; -1 if the parent has ended.
    int next() throws IOException;

    void answer(ByteBuffer whole) throws IOException;

    /// The parent has ended.
    void ended() throws IOException;
  }

  private record InheritedLine(FileInputStream questions, FileOutputStream answers)
      implements ChildLine {

    InheritedLine(String questions, String answers) throws IOException {
      this(new FileInputStream(questions), new FileOutputStream(answers));
    }

    @Override
    public int next() throws IOException {
      return questions.read();
    }

    @Override
    public void answer(ByteBuffer whole) throws IOException {
      answers.write(whole.array(), whole.arrayOffset(), whole.remaining());
    }

    @Override
    public void ended() {}
  }

  private record ConnectedLine(SocketChannel socket, Path file, ByteBuffer question)
      implements ChildLine {

    ConnectedLine(SocketChannel socket, Path file) {
      this(socket, file, ByteBuffer.allocate(1));
    }

    @Override
    public int next() throws IOException {
      return socket.read(question.clear()) > 0 ? question.get(0) : -1;
    }

    @Override
    public void answer(ByteBuffer whole) throws IOException {
      socket.write(whole);
    }

    /// The file is still there if the parent ended before it had accepted us.
    @Override
    public void ended() throws IOException {
      PrivateSocket.removeAbandoned(file);
    }
  }

  /// Ends this JVM, whose parent has gone: `farewell`, then the shutdown hooks, for half of the
  /// grace each. Then it is halted, whatever it does. Does not return.
  ///
  /// @param grace zero ends it at once
  public static void end(Duration grace, Runnable farewell) {
    try {
      await("fork-farewell", grace.dividedBy(2), farewell);
      await("fork-end", grace.dividedBy(2), ChildEnd::exit);
    } catch (InterruptedException | RuntimeException | Error _) {
      // Whatever keeps it from ending by itself: it ends.
    }
    Runtime.getRuntime().halt(PARENT_GONE_EXIT_CODE);
  }

  private static void exit() {
    Runtime.getRuntime().exit(PARENT_GONE_EXIT_CODE);
  }

  private static void await(String name, Duration patience, Runnable action)
      throws InterruptedException {
    if (patience.isPositive()) {
      var _ = Thread.ofPlatform().name(name).daemon().start(action).join(patience);
    }
  }
}
