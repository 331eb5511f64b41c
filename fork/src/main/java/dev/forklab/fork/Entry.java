package dev.forklab.fork;

import java.nio.file.Path;

/// What a child runs.
public sealed interface Entry {

  /// A class with a `main` method, found on the child's class path.
  record MainClass(String name) implements Entry {
    public MainClass {
      requireNoNul("class name", name);
    }
  }

  /// A jar whose manifest names a main class.
  record Jar(Path path) implements Entry {}

  /// Any executable. It finds its channel in the environment variable [Fork#CHANNEL_VARIABLE], and
  /// speaks the frames of [dev.forklab.fork.channel]; one written in Java calls [Parent#get()].
  record Executable(String command) implements Entry {
    public Executable {
      requireNoNul("path", command);
    }
  }

  private static void requireNoNul(String what, String text) {
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "expected a "
              + what
              + " without a NUL character, found '"
              + text.replace('\0', '?')
              + "'");
    }
  }
}
