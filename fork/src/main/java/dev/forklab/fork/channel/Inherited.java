package dev.forklab.fork.channel;

/// The descriptors that a child inherits when its conversation with the parent begins on pipes, in
/// their order from [#FIRST].
public enum Inherited {
  FROM_PARENT(3),
  TO_PARENT(4),
  /// The lifeline: what the parent asks, and that it lives.
  QUESTIONS(5),
  ANSWERS(6);

  /// Behind the standard streams.
  public static final int FIRST = 3;

  private final int descriptor;

  Inherited(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Whether the child reads it.
  public boolean isRead() {
    return this == FROM_PARENT || this == QUESTIONS;
  }

  /// Its number in the child.
  public int descriptor() {
    return descriptor;
  }

  /// As a file of the child. Java opens files, not descriptors: this opens the same pipe again.
  String path() {
    return "/proc/self/fd/" + descriptor;
  }
}
