package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.forklab.fork.process.LibC.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.OptionalInt;

/// Bytes over a Unix domain socket, alone or with an open descriptor that the peer gets its own
/// copy of (`SCM_RIGHTS`, unix(7)), on 64-bit Linux.
///
/// ```
/// struct msghdr                struct iovec        struct cmsghdr
///   0  8  name                   0  8  base          0  8  length, 20
///   8  4  name's length          8  8  length        8  4  level, SOL_SOCKET
///  16  8  parts ----------------^                   12  4  type, SCM_RIGHTS
///  24  8  parts' count                              16  4  the descriptor
///  32  8  control -----------------------------------^
///  40  8  control's length
///  48  4  flags
/// ```
@SuppressWarnings("restricted") // Calling C is what this class is for.
public final class SocketPassing {

  /// What [#receive] returns at the end.
  public static final int END = -1;

  private static final int HEADER_BYTES = 56;
  private static final int PARTS_AT = 16;
  private static final int COUNT_AT = 24;
  private static final int CONTROL_AT = 32;
  private static final int CONTROL_LENGTH_AT = 40;
  private static final int PART_BYTES = 16;
  private static final int CONTROL_BYTES = 24;
  private static final int CONTROL_LENGTH = 20;
  private static final int LEVEL_AT = 8;
  private static final int TYPE_AT = 12;
  private static final int DESCRIPTOR_AT = 16;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int DONT_WAIT = 0x40;
  private static final int NO_SIGNAL = 0x4000;
  private static final int CLOSE_ON_EXEC = 0x40000000;

  private static final MethodHandle SEND = handle("sendmsg");
  private static final MethodHandle RECEIVE = handle("recvmsg");

  private SocketPassing() {}

  private static MethodHandle handle(String name) {
    return LibC.functionWithErrno(name, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  }

  /// Sends bytes, and a descriptor with them if there is one. Never blocks.
  ///
  /// @return false if the peer is gone, or has too much to read already
  public static boolean send(int socket, byte[] bytes, OptionalInt descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(JAVA_BYTE, bytes);
      MemorySegment header = header(arena, text, descriptor.isPresent());
      if (descriptor.isPresent()) {
        MemorySegment control = header.get(ADDRESS, CONTROL_AT).reinterpret(CONTROL_BYTES);
        control.set(JAVA_LONG, 0, CONTROL_LENGTH);
        control.set(JAVA_INT, LEVEL_AT, SOL_SOCKET);
        control.set(JAVA_INT, TYPE_AT, SCM_RIGHTS);
        control.set(JAVA_INT, DESCRIPTOR_AT, descriptor.getAsInt());
      }
      return call(SEND, socket, header, DONT_WAIT | NO_SIGNAL).result() == bytes.length;
    }
  }

  /// What was received.
  ///
  /// @param word the byte, as a number of 0 to 255; [#END] if there will be no more
  /// @param descriptor what came with it; empty if nothing did, or if this process had no
  ///   descriptor left for it
  public record Received(int word, OptionalInt descriptor) {}

  /// Waits for the next byte.
  public static Received receive(int socket) {
    Errno done;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(JAVA_BYTE);
      MemorySegment header = header(arena, text, true);
      do {
        header.set(JAVA_LONG, CONTROL_LENGTH_AT, CONTROL_BYTES);
        done = call(RECEIVE, socket, header, CLOSE_ON_EXEC);
      } while (done.result() == -1 && done.errno() == LibC.EINTR);
      return done.result() == 1
          ? new Received(text.get(JAVA_BYTE, 0) & 0xff, descriptor(header))
          : new Received(END, OptionalInt.empty());
    }
  }

  private static OptionalInt descriptor(MemorySegment header) {
    if (header.get(JAVA_LONG, CONTROL_LENGTH_AT) < CONTROL_LENGTH) {
      return OptionalInt.empty();
    }
    MemorySegment control = header.get(ADDRESS, CONTROL_AT).reinterpret(CONTROL_BYTES);
    return control.get(JAVA_INT, LEVEL_AT) == SOL_SOCKET
            && control.get(JAVA_INT, TYPE_AT) == SCM_RIGHTS
        ? OptionalInt.of(control.get(JAVA_INT, DESCRIPTOR_AT))
        : OptionalInt.empty();
  }

  /// What has come so far, of a socket that need not block.
  ///
  /// @param bytes as they came
  /// @param ended whether there will be no more
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Arrived(byte[] bytes, boolean ended) {}

  /// Reads what is there.
  public static Arrived poll(int socket, int most) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(most);
      Errno done = call(RECEIVE, socket, header(arena, text, false), DONT_WAIT);
      boolean nothing =
          done.result() == -1 && (done.errno() == LibC.EAGAIN || done.errno() == LibC.EINTR);
      int length = Math.max(0, done.result());
      return new Arrived(text.asSlice(0, length).toArray(JAVA_BYTE), length == 0 && !nothing);
    }
  }

  private static MemorySegment header(Arena arena, MemorySegment text, boolean withControl) {
    MemorySegment part = arena.allocate(PART_BYTES, Long.BYTES);
    part.set(ADDRESS, 0, text);
    part.set(JAVA_LONG, Long.BYTES, text.byteSize());
    MemorySegment header = arena.allocate(HEADER_BYTES, Long.BYTES);
    header.set(ADDRESS, PARTS_AT, part);
    header.set(JAVA_LONG, COUNT_AT, 1);
    if (withControl) {
      header.set(ADDRESS, CONTROL_AT, arena.allocate(CONTROL_BYTES, Long.BYTES));
      header.set(JAVA_LONG, CONTROL_LENGTH_AT, CONTROL_BYTES);
    }
    return header;
  }

  private static Errno call(MethodHandle handle, int socket, MemorySegment header, int flags) {
    return LibC.call(state -> (int) (long) handle.invokeExact(state, socket, header, flags));
  }
}
