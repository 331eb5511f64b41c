package dev.forklab.fork.pool;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// write(2), for tests that misuse a descriptor.
@SuppressWarnings("restricted") // To misuse a descriptor is what this class is for.
final class RawWrite {

  private RawWrite() {}

  /// Whether all bytes were written.
  static boolean to(int descriptor, byte[] bytes) {
    Linker linker = Linker.nativeLinker();
    var write =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("write"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    try (Arena arena = Arena.ofConfined()) {
      return (long)
              write.invoke(descriptor, arena.allocateFrom(JAVA_BYTE, bytes), (long) bytes.length)
          == bytes.length;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
