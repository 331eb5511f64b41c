package dev.forklab.fork.process;

/// Which session (and so which process group) a child belongs to.
public enum Session {
  /// The parent's: a terminal's signals reach both.
  PARENTS,
  /// One of its own.
  OWN,
  /// One of its own, which ends with it: what else is in its process group is killed then. Where
  /// processes are not started with `posix_spawn` it is the parent's.
  ENDS_WITH_IT
}
