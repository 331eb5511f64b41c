package dev.forklab.fork.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Running a child as another user or group, with `setpriv` of util-linux, which replaces itself by
/// the child: `posix_spawn` has no such attribute.
public final class RunAs {

  private static final String TOOL = "setpriv";
  private static final int ROOT = 0;

  private RunAs() {}

  /// What goes in front of the command; nothing if the child runs as the parent does.
  ///
  /// @throws SecurityException if this process may not do that
  /// @throws UnsupportedOperationException if the tool is not there
  public static List<String> prefix(OptionalInt uid, OptionalInt gid) {
    return uid.isEmpty() && gid.isEmpty() ? List.of() : prefix(uid, gid, ownUser());
  }

  public static List<String> prefix(OptionalInt uid, OptionalInt gid, int own) {
    if (own != ROOT) {
      if (gid.isEmpty() && uid.getAsInt() == own) {
        return List.of(); // It is that user; and only root may do what the tool does.
      }
      throw new SecurityException(
          "expected to be root in order to run a child as another user or group, found user "
              + own);
    }
    List<String> prefix = new ArrayList<>(List.of(tool(), "--clear-groups"));
    uid.ifPresent(user -> prefix.add("--reuid=" + user));
    gid.ifPresent(group -> prefix.add("--regid=" + group));
    prefix.add("--");
    return prefix;
  }

  public static int ownUser() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell which user this process runs as", e);
    }
  }

  private static String tool() {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Arrays.stream(path.split(":"))
        .map(directory -> Path.of(directory, TOOL))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() ->
            new UnsupportedOperationException(
                "running a child as another user needs "
                    + TOOL
                    + " (util-linux), found none in "
                    + path));
  }
}
