package dev.forklab.fork.data;

import java.io.IOException;
import java.util.Map;

/// The system did not start a process: with its error number, and what that is about. Node's error
/// has the same as `errno`, `code` and `path`.
public final class SpawnException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final Map<Integer, String> CODES =
      Map.ofEntries(
          Map.entry(1, "EPERM"),
          Map.entry(2, "ENOENT"),
          Map.entry(7, "E2BIG"),
          Map.entry(8, "ENOEXEC"),
          Map.entry(11, "EAGAIN"),
          Map.entry(12, "ENOMEM"),
          Map.entry(13, "EACCES"),
          Map.entry(20, "ENOTDIR"),
          Map.entry(21, "EISDIR"),
          Map.entry(23, "ENFILE"),
          Map.entry(24, "EMFILE"),
          Map.entry(26, "ETXTBSY"),
          Map.entry(36, "ENAMETOOLONG"),
          Map.entry(40, "ELOOP"));

  private final int errno;
  private final String path;

  public SpawnException(String message, int errno, String path) {
    super(message);
    this.errno = errno;
    this.path = path;
  }

  /// The error number, as C's `errno` has it (Node's is its negative).
  public int errno() {
    return errno;
  }

  /// Its name, `ENOENT` and the like; the number where that is rare.
  public String code() {
    return CODES.getOrDefault(errno, Integer.toString(errno));
  }

  /// What could not be used: the directory or the file of a standard stream if that is what is
  /// wrong, the executable otherwise.
  public String path() {
    return path;
  }
}
