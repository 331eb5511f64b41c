package dev.forklab.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A file of lines that only grows: each is written with one write and forced to the disk, so a
/// writer that is killed loses at most the line in hand. A last line without its line feed is such
/// a torn one: no reader sees it, and the next line takes its place.
///
/// One writer at a time; any number of readers.
final class AppendedLines {

  private static final int CHUNK_BYTES = 8192;

  private final Path file;

  AppendedLines(Path file) {
    this.file = file;
  }

  /// Appends a line. If the disk is full, what was written of it is taken back.
  ///
  /// @param text without a line feed
  void append(String text) throws IOException {
    byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      long end = endOfCompleteLines(channel);
      channel.truncate(end).position(end);
      try {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException e) {
        takeBack(channel, end, e);
        throw e;
      }
    }
  }

  /// A line written after a torn one would be torn with it.
  private static long endOfCompleteLines(FileChannel channel) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    for (long end = channel.size(); end > 0; end -= chunk.capacity()) {
      long start = Math.max(0, end - chunk.capacity());
      chunk.clear().limit((int) (end - start));
      int read = channel.read(chunk, start);
      for (int i = read - 1; i >= 0; i--) {
        if (chunk.get(i) == '\n') {
          return start + i + 1;
        }
      }
    }
    return 0;
  }

  private static void takeBack(FileChannel channel, long end, IOException reason) {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      // What is left has no line feed, so no reader takes it for a line.
      reason.addSuppressed(e);
    }
  }

  /// All complete lines, as UTF-8; none if there is no such file yet.
  List<byte[]> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      List<byte[]> lines = new ArrayList<>();
      int start = 0;
      for (int end = 0; end < bytes.length; end++) {
        if (bytes[end] == '\n') {
          lines.add(Arrays.copyOfRange(bytes, start, end));
          start = end + 1;
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
