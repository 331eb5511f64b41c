package dev.forklab.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What an entry of `/proc/PID/fd` is of.
public final class Descriptor {

  private Descriptor() {}

  public static boolean isSocket(Path descriptor) {
    return target(descriptor).startsWith("socket:");
  }

  static boolean isSocketOrPipe(Path descriptor) {
    String target = target(descriptor);
    return target.startsWith("socket:") || target.startsWith("pipe:");
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return ""; // Closed meanwhile.
    }
  }
}
