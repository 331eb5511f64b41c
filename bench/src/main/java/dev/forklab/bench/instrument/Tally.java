package dev.forklab.bench.instrument;

import dev.forklab.workload.Seal;
import dev.forklab.workload.Workload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// [Seal] that notes when each of its calls ended, where it ran: a count taken outside the harness.
///
/// Each instance maps a file of its own in the folder that [#FOLDER] names, and writes one
/// [System#nanoTime()] a call into it, so what was noted survives a worker that is killed. On one
/// machine that clock is the same in every process (`CLOCK_MONOTONIC`). Where no folder is named,
/// as in the rehearsal that makes workers' start archive, nothing is noted.
public final class Tally implements Workload {

  /// The system property that names the folder.
  public static final String FOLDER = "forklab.tally";

  private static final int MOST_CALLS = 1 << 19;
  private static final String PREFIX = "tally-";

  private final Seal seal = new Seal();
  private final AtomicInteger calls = new AtomicInteger();
  private final LongBuffer ends;

  /// Maps the file, if there is a folder for it.
  public Tally() throws IOException {
    String folder = System.getProperty(FOLDER);
    ends = folder == null ? LongBuffer.allocate(MOST_CALLS) : mapped(Path.of(folder));
  }

  private static LongBuffer mapped(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, PREFIX, ".bin");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel
          .map(FileChannel.MapMode.READ_WRITE, 0, (long) MOST_CALLS * Long.BYTES)
          .asLongBuffer();
    }
  }

  @Override
  public byte[] apply(byte[] message, int iterations) throws Exception {
    byte[] reply = seal.apply(message, iterations);
    ends.put(calls.getAndIncrement(), System.nanoTime());
    return reply;
  }

  /// When each call of all instances ended, in order.
  public static long[] read(Path folder) throws IOException {
    List<long[]> all = new ArrayList<>();
    for (Path file : files(folder)) {
      LongBuffer longs = ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer();
      all.add(LongStream.range(0, longs.limit()).map(i -> longs.get((int) i)).toArray());
    }
    return all.stream().flatMapToLong(Arrays::stream).filter(end -> end != 0).sorted().toArray();
  }

  /// Forgets all calls that were noted in a folder.
  public static void clear(Path folder) throws IOException {
    for (Path file : files(folder)) {
      Files.delete(file);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(PREFIX)).toList();
    }
  }
}
