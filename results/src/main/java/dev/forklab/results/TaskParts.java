package dev.forklab.results;

import org.jspecify.annotations.Nullable;

/// Where the time of a model's tasks went, in stretches of their own after a trial's slices, with
/// the pool kept full.
///
/// @param tasks that ended in them
/// @param nanos how long they took
/// @param cpuNanos CPU time of the whole process tree in that time
/// @param sender what messages cost the process that submits; null if the model has no other
/// @param workers what messages, and the tasks themselves, cost all workers together; null where
///   `sender` is
public record TaskParts(
    Model model,
    long tasks,
    long nanos,
    long cpuNanos,
    @Nullable Messages sender,
    @Nullable Messages workers) {

  /// CPU time of the threads that handle messages, in nanoseconds.
  ///
  /// @param encode making bytes of messages
  /// @param write giving bytes to the socket
  /// @param read taking bytes from the socket
  /// @param decode making messages of bytes
  /// @param task the tasks themselves
  public record Messages(long encode, long write, long read, long decode, long task) {

    public Messages plus(Messages other) {
      return new Messages(
          encode + other.encode,
          write + other.write,
          read + other.read,
          decode + other.decode,
          task + other.task);
    }

    public Messages minus(Messages other) {
      return new Messages(
          encode - other.encode,
          write - other.write,
          read - other.read,
          decode - other.decode,
          task - other.task);
    }
  }

  /// Two stretches of one model together.
  public TaskParts plus(TaskParts other) {
    return new TaskParts(
        model,
        tasks + other.tasks,
        nanos + other.nanos,
        cpuNanos + other.cpuNanos,
        sum(sender, other.sender),
        sum(workers, other.workers));
  }

  private static @Nullable Messages sum(@Nullable Messages one, @Nullable Messages other) {
    return one == null || other == null ? null : one.plus(other);
  }
}
