package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.forklab.fork.channel.Duplex;
import dev.forklab.fork.channel.Inherited;
import dev.forklab.fork.channel.Wire;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The pipes on which a child talks with its parent: two for its channel, two for its lifeline. The
/// child inherits its ends under the numbers of [Inherited].
public final class ChannelPipes implements AutoCloseable {

  /// What each pipe of the channel is asked to hold, for Linux's usual 64 KiB are less than one
  /// burst. What a user's pipes may hold in all is limited (`pipe-user-pages-soft`, 64 MiB); above
  /// it they hold what they hold.
  private static final int CAPACITY_BYTES = 256 << 10;

  private static final int BEHIND_ALL = Inherited.FIRST + Inherited.values().length;

  private record Pipe(Inherited which, int ours, int theirs) {}

  private final LibC c;
  private final List<Pipe> all;
  private final PipeWire wire;
  private final PipeLine lifeline;
  private final int capacityBytes;
  private boolean childHasItsEnds;

  private ChannelPipes(
      LibC c, List<Pipe> all, PipeWire wire, PipeLine lifeline, int capacityBytes) {
    this.c = c;
    this.all = all;
    this.wire = wire;
    this.lifeline = lifeline;
    this.capacityBytes = capacityBytes;
  }

  static ChannelPipes open(LibC c) throws IOException {
    List<Pipe> all = new ArrayList<>();
    boolean opened = false;
    try {
      Pipe out = open(c, Inherited.FROM_PARENT, all);
      Pipe in = open(c, Inherited.TO_PARENT, all);
      Pipe questions = open(c, Inherited.QUESTIONS, all);
      Pipe answers = open(c, Inherited.ANSWERS, all);
      int capacityBytes = Math.min(grow(c, out.ours), grow(c, in.ours));
      int wake = require(c, c.eventfd());
      PipeLine channel = new PipeLine(c, in.ours, out.ours, wake);
      PipeLine lifeline = new PipeLine(c, answers.ours, questions.ours);
      opened = true;
      return new ChannelPipes(
          c, all, new PipeWire(channel, wake, capacityBytes), lifeline, capacityBytes);
    } finally {
      if (!opened) {
        all.forEach(pipe -> c.close(pipe.ours));
        all.forEach(pipe -> c.close(pipe.theirs));
      }
    }
  }

  private static Pipe open(LibC c, Inherited which, List<Pipe> all) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(JAVA_INT, 2);
      require(c, c.pipe2(pair, LibC.O_CLOEXEC | LibC.O_NONBLOCK));
      int readEnd = pair.getAtIndex(JAVA_INT, 0);
      int writeEnd = pair.getAtIndex(JAVA_INT, 1);
      Pipe pipe =
          which.isRead() ? new Pipe(which, writeEnd, readEnd) : new Pipe(which, readEnd, writeEnd);
      all.add(pipe);
      int moved = behindAll(c, pipe.theirs);
      pipe = new Pipe(which, pipe.ours, moved);
      all.set(all.size() - 1, pipe);
      return pipe;
    }
  }

  /// Where none of the numbers that the child's ends get is in the way of another.
  private static int behindAll(LibC c, int descriptor) throws IOException {
    if (descriptor >= BEHIND_ALL) {
      return descriptor;
    }
    int moved = require(c, c.fcntl(descriptor, LibC.F_DUPFD_CLOEXEC, BEHIND_ALL));
    c.close(descriptor);
    return moved;
  }

  private static int grow(LibC c, int descriptor) throws IOException {
    var _ = c.fcntl(descriptor, LibC.F_SETPIPE_SZ, CAPACITY_BYTES);
    return require(c, c.fcntl(descriptor, LibC.F_GETPIPE_SZ, 0));
  }

  private static int require(LibC c, LibC.Errno made) throws IOException {
    if (made.result() < 0) {
      throw new IOException("cannot make a pipe for a child: " + c.describe(made.errno()));
    }
    return made.result();
  }

  /// The parent's end of the channel.
  public Wire wire() {
    return wire;
  }

  /// The parent's end of the lifeline.
  public Duplex lifeline() {
    return lifeline;
  }

  /// How much each pipe of the channel holds.
  public int capacityBytes() {
    return capacityBytes;
  }

  /// The descriptors that become the child's.
  Map<Inherited, Integer> childEnds() {
    return all.stream().collect(Collectors.toMap(Pipe::which, Pipe::theirs));
  }

  /// The child has its own now, or never will.
  void closeChildEnds() {
    if (!childHasItsEnds) {
      childHasItsEnds = true;
      all.forEach(pipe -> c.close(pipe.theirs));
    }
  }

  /// No child will use them.
  @Override
  public void close() {
    closeChildEnds();
    wire.close();
    lifeline.close();
  }
}
