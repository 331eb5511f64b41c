package dev.forklab.bench.jmh;

import dev.forklab.fork.data.HeapWork;
import dev.forklab.results.JvmFacts;
import dev.forklab.results.TaskParts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A model brought to life for a trial: something that takes messages and completes replies.
interface OpenModel extends AutoCloseable {

  /// Gives one message to the model; may block while its queue is full.
  CompletableFuture<byte[]> submit(byte[] message) throws InterruptedException;

  /// Blocks until all its workers are there: the first replies may have come from a few.
  default void awaitWorkers() throws InterruptedException {}

  /// The processes that work for this model beside the trial's own.
  default List<Long> workerPids() {
    return List.of();
  }

  /// Heap bytes in those processes: used, then committed.
  default HeapBytes workerHeap() {
    return new HeapBytes(0, 0);
  }

  /// What the heaps of those processes have cost since they started.
  default HeapWork workerWork() {
    return new HeapWork(0, 0, 0);
  }

  /// What messages have cost both sides, from when it is first asked; empty where none leaves the
  /// process, or that is not timed.
  default Optional<MessageParts> messageWork() {
    return Optional.empty();
  }

  /// How many tasks each of those processes has done, by its id; empty where that is not counted.
  default Map<Long, Long> workerTasks() {
    return Map.of();
  }

  /// What the JVMs of those processes report of themselves.
  default List<JvmFacts> workerFacts() {
    return List.of();
  }

  @Override
  void close();

  /// What messages have cost.
  ///
  /// @param sender the trial's own process
  /// @param workers all workers together
  record MessageParts(TaskParts.Messages sender, TaskParts.Messages workers) {}

  /// Memory that heaps use and hold.
  record HeapBytes(long used, long committed) {}
}
