package dev.forklab.bench.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process of this machine is doing, from `/proc/PID/stat` (Linux); elsewhere only whether
/// it is alive is known.
public final class ProcessState {

  private static final char UNKNOWN = '?';

  private ProcessState() {}

  /// Whether a process has not ended. To the JDK one that has ended, but was not yet waited for, is
  /// alive; it waits for its own children, and for an orphan process 1 does: some do so seconds
  /// later, and in a container it may be a program that never does.
  public static boolean isRunning(ProcessHandle process) {
    char state = of(process.pid());
    return state != 'Z' && state != 'X' && process.isAlive();
  }

  /// Whether a process is stopped (by SIGSTOP).
  public static boolean isStopped(long pid) {
    return of(pid) == 'T';
  }

  private static char of(long pid) {
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      // After the name, which is in parentheses and may hold anything.
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException | IndexOutOfBoundsException e) {
      return UNKNOWN;
    }
  }
}
