package dev.forklab.bench.jmh;

import dev.forklab.bench.models.ModelPools;
import dev.forklab.fork.data.HeapUse;
import dev.forklab.fork.data.HeapWork;
import dev.forklab.fork.data.MessageWork;
import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.WorkerStats;
import dev.forklab.results.JvmFacts;
import dev.forklab.results.Model;
import dev.forklab.results.TaskParts;
import dev.forklab.workload.WorkloadSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The pool of child JVMs, each with its share of the heap.
record OpenFork(ForkPool<byte[], byte[]> pool) implements OpenModel {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// Makes what lets children start faster and be warm sooner, once on a machine, before anything
  /// is timed. Where its file cannot be written, they start without, and [JvmFacts] show that.
  static void prepare(WorkloadSpec workload, Model model, List<String> workerJvmArgs)
      throws IOException, InterruptedException {
    byte[] message = new byte[Rehearsal.MESSAGE_BYTES];
    new Random(message.length).nextBytes(message);
    var _ = ForkPool.prepare(ModelPools.workers(workload, model, workerJvmArgs), message);
  }

  @Override
  public CompletableFuture<byte[]> submit(byte[] message) throws InterruptedException {
    return pool.submit(message);
  }

  @Override
  public void awaitWorkers() throws InterruptedException {
    if (!pool.awaitReady(PATIENCE)) {
      throw new IllegalStateException(
          "expected all forked workers to be ready within " + PATIENCE + ", but they are not");
    }
  }

  @Override
  public List<Long> workerPids() {
    return pool.pids();
  }

  @Override
  public HeapBytes workerHeap() {
    List<HeapUse> heaps =
        pool.stats().stream().map(WorkerStats::heap).flatMap(Optional::stream).toList();
    return new HeapBytes(
        heaps.stream().mapToLong(HeapUse::usedBytes).sum(),
        heaps.stream().mapToLong(HeapUse::committedBytes).sum());
  }

  @Override
  public HeapWork workerWork() {
    return pool.heapWork().stream().reduce(new HeapWork(0, 0, 0), EffortMeter::sum);
  }

  @Override
  public Optional<MessageParts> messageWork() {
    MessageWork workers = pool.messageWork().stream().reduce(MessageWork.NONE, MessageWork::plus);
    return Optional.of(new MessageParts(parts(pool.ownMessageWork()), parts(workers)));
  }

  private static TaskParts.Messages parts(MessageWork work) {
    return new TaskParts.Messages(
        work.encodeNanos(),
        work.writeNanos(),
        work.readNanos(),
        work.decodeNanos(),
        work.taskNanos());
  }

  @Override
  public Map<Long, Long> workerTasks() {
    return pool.stats().stream()
        .collect(Collectors.toMap(WorkerStats::pid, WorkerStats::doneCount, Long::sum));
  }

  /// The heap, the CPUs and the collector as the child says; its flags as the system knows them.
  @Override
  public List<JvmFacts> workerFacts() {
    List<String> flags = pool.pids().stream().findFirst().map(OpenFork::flags).orElse(List.of());
    return pool.jvms().stream()
        .collect(
            Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> ThisJvm.facts("worker", entry.getValue().intValue(), entry.getKey(), flags))
        .toList();
  }

  /// A command line up to its class path; empty where the system does not show it.
  private static List<String> flags(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().arguments()).stream()
        .flatMap(Arrays::stream)
        .takeWhile(argument -> !argument.equals("-cp"))
        .toList();
  }

  @Override
  public void close() {
    pool.close();
  }
}
