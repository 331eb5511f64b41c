package dev.forklab.bench.faults;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A counter in a file that a fault moves as it happens, and that outlives the process in which it
/// does: evidence.
///
/// Written by any number of threads and processes, which add atomically; read by the lab.
final class Witness {

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer file;

  private Witness(ByteBuffer file) {
    this.file = file;
  }

  /// Opens the file, and makes it if there is none. The mapping goes when nobody refers to it any
  /// more; no descriptor stays open.
  static Witness at(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Witness(channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
    }
  }

  /// Adds; allocates nothing, so that it can be called where there is no memory left.
  void add(long amount) {
    long _ = (long) LONGS.getAndAdd(file, 0, amount);
  }

  long value() {
    return (long) LONGS.getVolatile(file, 0);
  }
}
