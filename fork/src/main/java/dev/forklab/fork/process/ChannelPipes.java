package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.forklab.fork.channel.Inherited;
import dev.forklab.fork.channel.Line;
import dev.forklab.fork.channel.Wire;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;

/// The pipes on which a child talks with its parent: two for its channel, two for its lifeline. The
/// child inherits its ends under the numbers of [Inherited].
public final class ChannelPipes implements AutoCloseable {

  /// What each pipe of the channel is asked to hold, for Linux's usual 64 KiB are less than one
  /// burst. What a user's pipes may hold in all is limited (`pipe-user-pages-soft`, 64 MiB); above
  /// it they hold what they hold.
  private static final int CAPACITY_BYTES = 256 << 10;

  private static final int BEHIND_ALL = Inherited.FIRST + Inherited.values().length;

  private final LibC c;
  private final Map<Inherited, Integer> childEnds;
  private final PipeWire wire;
  private final PipeLine lifeline;
  private final int capacityBytes;

  private ChannelPipes(
      LibC c,
      Map<Inherited, Integer> childEnds,
      PipeWire wire,
      PipeLine lifeline,
      int capacityBytes) {
    this.c = c;
    this.childEnds = childEnds;
    this.wire = wire;
    this.lifeline = lifeline;
    this.capacityBytes = capacityBytes;
  }

  static ChannelPipes open(LibC c) throws IOException {
    Map<Inherited, Integer> ours = new EnumMap<>(Inherited.class);
    Map<Inherited, Integer> theirs = new EnumMap<>(Inherited.class);
    boolean opened = false;
    try {
      for (Inherited which : Inherited.values()) {
        open(c, which, ours, theirs);
      }
      int capacityBytes =
          Math.min(
              grow(c, theirs.get(Inherited.FROM_PARENT)), grow(c, theirs.get(Inherited.TO_PARENT)));
      int wake = require(c, c.eventfd());
      PipeLine channel =
          new PipeLine(c, ours.get(Inherited.TO_PARENT), ours.get(Inherited.FROM_PARENT), wake);
      PipeLine lifeline =
          new PipeLine(c, ours.get(Inherited.ANSWERS), ours.get(Inherited.QUESTIONS));
      opened = true;
      return new ChannelPipes(
          c, theirs, new PipeWire(channel, wake, capacityBytes), lifeline, capacityBytes);
    } finally {
      if (!opened) {
        ours.values().forEach(c::close);
        theirs.values().forEach(c::close);
      }
    }
  }

  private static void open(
      LibC c, Inherited which, Map<Inherited, Integer> ours, Map<Inherited, Integer> theirs)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(JAVA_INT, 2);
      require(c, c.pipe2(pair, LibC.O_CLOEXEC | LibC.O_NONBLOCK));
      int readEnd = pair.getAtIndex(JAVA_INT, 0);
      int writeEnd = pair.getAtIndex(JAVA_INT, 1);
      ours.put(which, which.isRead() ? writeEnd : readEnd);
      theirs.put(which, which.isRead() ? readEnd : writeEnd);
      theirs.put(which, behindAll(c, theirs.get(which)));
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
  public Line lifeline() {
    return lifeline;
  }

  /// How much each pipe of the channel holds.
  public int capacityBytes() {
    return capacityBytes;
  }

  Map<Inherited, Integer> childEnds() {
    return childEnds;
  }

  /// The child has its own now, or never will.
  void closeChildEnds() {
    childEnds.values().forEach(c::close);
    childEnds.clear();
  }

  /// No child will use them.
  @Override
  public void close() {
    closeChildEnds();
    wire.close();
    lifeline.close();
  }
}
