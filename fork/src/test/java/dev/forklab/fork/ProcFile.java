package dev.forklab.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `/proc/PID/stat` says of a process.
///
/// @param state its state; `-` if there is no such process
/// @param parent its parent's pid
/// @param session the session that it belongs to
public record ProcFile(char state, long parent, long session) {

  public static ProcFile of(long pid) {
    try {
      String text = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", 5);
      return new ProcFile(
          fields[0].charAt(0), Long.parseLong(fields[1]), Long.parseLong(fields[3]));
    } catch (IOException _) { // Not there, or gone between opening and reading.
      return new ProcFile('-', 0, 0);
    }
  }

  /// Neither gone nor a zombie that its parent has not reaped.
  public boolean isAlive() {
    return state != '-' && state != 'Z' && state != 'X';
  }
}
