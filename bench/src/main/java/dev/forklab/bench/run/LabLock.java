package dev.forklab.bench.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
    FileChannel channel;
    try {
      channel = open(file);
    } catch (AccessDeniedException _) {
      // Another user has shut it, and would keep all others from measuring for good.
      channel = open(file.resolveSibling(NAME + "-" + System.getProperty("user.name")));
    }
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

  /// The directory is open to all: so a file that is there is opened only if it is a file, and no
  /// link is followed (a lock would change the mode of what it leads to, a pipe would wait for its
  /// other end).
  private static FileChannel open(Path file) throws IOException {
    try {
      FileChannel made =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      // Open to other users, who are to be kept out by the lock, not by the file's permissions.
      var _ = file.toFile().setWritable(true, false);
      return made;
    } catch (FileAlreadyExistsException _) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(
            file.toString(),
            null,
            "expected the lock of this machine's labs, found no file; remove it");
      }
      return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
