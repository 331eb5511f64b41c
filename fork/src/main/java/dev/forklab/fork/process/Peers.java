package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Which processes are at the other ends of the connections that this one accepted at a Unix domain
/// socket, on Linux. Java's channels do not show their descriptors; but each that was accepted
/// there has that socket's own name (getsockname), and the kernel says who connected
/// (`SO_PEERCRED`).
final class Peers {

  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int SO_ACCEPTCONN = 30;
  private static final int FAMILY_BYTES = 2;
  private static final int ADDRESS_BYTES = 110; // struct sockaddr_un
  private static final int CREDENTIALS_BYTES = 12; // struct ucred: pid, uid, gid
  private static final MethodHandle GET_NAME =
      LibC.function("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle GET_OPTION =
      LibC.function("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

  private Peers() {}

  /// Their pids, one for each connection; none where the system does not tell.
  ///
  /// @throws IOException if this process has no descriptor left to ask with
  static List<Integer> at(Path socket) throws IOException {
    byte[] name = socket.toString().getBytes(UTF_8);
    try (Arena arena = Arena.ofConfined();
        Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .map(each -> Integer.parseInt(each.getFileName().toString()))
          .filter(each -> Arrays.equals(nameOf(arena, each), name) && !listens(arena, each))
          .flatMap(each -> peerOf(arena, each).stream().boxed())
          .toList();
    } catch (NoSuchFileException | AccessDeniedException _) {
      return List.of(); // There is no /proc here, or none for this process.
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static byte[] nameOf(Arena arena, int descriptor) {
    MemorySegment address = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
    MemorySegment length = arena.allocateFrom(JAVA_INT, ADDRESS_BYTES);
    if (call(() -> (int) GET_NAME.invokeExact(descriptor, address, length)) != 0) {
      return new byte[0];
    }
    int end = Math.clamp(length.get(JAVA_INT, 0) - 1, FAMILY_BYTES, ADDRESS_BYTES); // Without NUL.
    return address.asSlice(FAMILY_BYTES, end - FAMILY_BYTES).toArray(JAVA_BYTE);
  }

  private static boolean listens(Arena arena, int descriptor) {
    return option(arena, descriptor, SO_ACCEPTCONN, Integer.BYTES).orElse(1) != 0;
  }

  private static OptionalInt peerOf(Arena arena, int descriptor) {
    return option(arena, descriptor, SO_PEERCRED, CREDENTIALS_BYTES);
  }

  /// An option's first number.
  private static OptionalInt option(Arena arena, int descriptor, int option, int bytes) {
    MemorySegment value = arena.allocate(bytes, Integer.BYTES);
    MemorySegment length = arena.allocateFrom(JAVA_INT, bytes);
    int result =
        call(() -> (int) GET_OPTION.invokeExact(descriptor, SOL_SOCKET, option, value, length));
    return result == 0 ? OptionalInt.of(value.get(JAVA_INT, 0)) : OptionalInt.empty();
  }

  @FunctionalInterface
  private interface Call {
    int invoke() throws Throwable;
  }

  private static int call(Call call) {
    try {
      return call.invoke();
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws only if its types are wrong", e);
    }
  }
}
