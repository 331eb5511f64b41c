package dev.forklab.fork.data;

import java.nio.file.Path;

/// What one of a child's three standard streams is.
public sealed interface Stdio {

  /// The parent's own.
  Stdio INHERIT = new Inherit();

  /// A pipe to the parent.
  Stdio PIPE = new Pipe();

  /// Nothing: reads end at once, writes go nowhere.
  Stdio IGNORE = new Ignore();

  /// A file: read from its start, or overwritten.
  static Stdio file(Path path) {
    return new ToFile(path, false);
  }

  /// A file that is appended to.
  static Stdio append(Path path) {
    return new ToFile(path, true);
  }

  /// See [#INHERIT].
  record Inherit() implements Stdio {}

  /// See [#PIPE].
  record Pipe() implements Stdio {}

  /// See [#IGNORE].
  record Ignore() implements Stdio {}

  /// See [#file] and [#append].
  record ToFile(Path path, boolean append) implements Stdio {}
}
