package dev.forklab.bench.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The right to measure: one lab at a time on a machine, since two would measure each other. Held
/// by the operating system for as long as the process lives, so a killed lab leaves no stale lock.
public final class LabLock implements AutoCloseable {

  private static final String NAME = "forklab.lock";

  private final FileChannel channel;

  private LabLock(FileChannel channel) {
    this.channel = channel;
  }

  /// The lock of this machine, or empty if another lab has it.
  public static Optional<LabLock> tryAcquire() throws IOException {
    return tryAcquire(Path.of(System.getProperty("java.io.tmpdir"), NAME));
  }

  static Optional<LabLock> tryAcquire(Path file) throws IOException {
    FileChannel channel = open(file);
    // Open to other users, who are to be kept out by the lock, not by the file's permissions.
    var _ = file.toFile().setWritable(true, false);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new LabLock(channel));
      }
    } catch (OverlappingFileLockException e) {
      // This very process has it: refused like any other holder.
    }
    channel.close();
    return Optional.empty();
  }

  /// Linux may refuse to *create* a file that is there and belongs to another user, though that
  /// user opened it to all: so it is opened first, and created only if it is missing.
  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
