package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.forklab.fork.channel.Duplex;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/// The parent's ends of two pipes, from and to a child. They do not block.
///
/// A descriptor that is closed while a call uses it may be another file's when the call comes to
/// it: so the last to [leave][#leave] closes it.
final class PipeLine implements Duplex {

  // Static, for every message comes by here, and the compiler sees through no others.
  private static final MethodHandle READ = transfer("read");
  private static final MethodHandle WRITE = transfer("write");

  private final LibC c;
  private final int in;
  private final int out;
  // What is closed with it.
  private final int[] others;
  // Of the one that reads, and of the one that writes: why a call failed.
  private final MemorySegment readState = Arena.ofAuto().allocate(LibC.CAPTURE);
  private final MemorySegment writeState = Arena.ofAuto().allocate(LibC.CAPTURE);
  // Guarded by this: how many calls use the descriptors.
  private int users;
  private boolean closed;

  PipeLine(LibC c, int in, int out, int... others) {
    this.c = c;
    this.in = in;
    this.out = out;
    this.others = others.clone();
  }

  private static MethodHandle transfer(String name) {
    return LibC.functionWithErrno(name, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  }

  /// A call that uses the descriptors begins.
  ///
  /// @return false if they are closed
  synchronized boolean enter() {
    users += closed ? 0 : 1;
    return !closed;
  }

  void leave() {
    boolean isLast;
    synchronized (this) {
      users--;
      isLast = closed && users == 0;
    }
    if (isLast) {
      release();
    }
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  /// @param into a direct buffer
  @Override
  public int read(ByteBuffer into) throws IOException {
    requireOpen();
    try {
      MemorySegment bytes = MemorySegment.ofBuffer(into);
      long count = (long) READ.invokeExact(readState, in, bytes, bytes.byteSize());
      if (count == 0) {
        return -1;
      }
      return advance(into, count, readState);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws only if its types are wrong", e);
    } finally {
      leave();
    }
  }

  /// @param from a direct buffer
  @Override
  public void write(ByteBuffer from) throws IOException {
    requireOpen();
    try {
      MemorySegment bytes = MemorySegment.ofBuffer(from);
      long count = (long) WRITE.invokeExact(writeState, out, bytes, bytes.byteSize());
      advance(from, count, writeState);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws only if its types are wrong", e);
    } finally {
      leave();
    }
  }

  private int advance(ByteBuffer buffer, long count, MemorySegment state) throws IOException {
    if (count >= 0) {
      buffer.position(buffer.position() + (int) count);
      return (int) count;
    }
    int errno = LibC.errno(state);
    if (errno != LibC.EAGAIN && errno != LibC.EINTR) {
      throw new IOException("a pipe to a child: " + c.describe(errno));
    }
    return 0;
  }

  @Override
  public void await(int what, long millis) throws IOException {
    requireOpen();
    try (Arena arena = Arena.ofConfined()) {
      boolean reads = what == READABLE;
      c.await(arena, reads ? in : out, reads ? LibC.POLLIN : LibC.POLLOUT, (int) millis);
    } finally {
      leave();
    }
  }

  private void requireOpen() throws ClosedChannelException {
    if (!enter()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void close() {
    boolean isLast;
    synchronized (this) {
      isLast = !closed && users == 0;
      closed = true;
    }
    if (isLast) {
      release();
    }
  }

  private void release() {
    c.close(in);
    c.close(out);
    for (int other : others) {
      c.close(other);
    }
  }
}
