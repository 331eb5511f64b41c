package dev.forklab.bench.calibration;

/// A process in which batches of tasks are timed. For one thread.
public interface Launch extends AutoCloseable {

  /// What a batch of tasks took.
  ///
  /// @param cpuNanos CPU time of the thread or process that computed them
  /// @param wallNanos by the clock on the wall
  /// @param yardstickNanos what the fixed integer work took around it: how fast the CPU was
  /// @param compilingNanos CPU time of the runtime's compilers so far, or -1 where that is unknown
  record Batch(long cpuNanos, long wallNanos, double yardstickNanos, long compilingNanos) {}

  /// Computes `tasks` tasks of `iterations` iterations one after the other, on a message of that
  /// size. Blocks until they are done.
  Batch batch(int messageBytes, int iterations, int tasks);

  @Override
  void close();
}
