package com.acme.fork;

import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.fork.pool.TaskOptions;
import dev.forklab.fork.pool.TaskProgress;
import dev.forklab.workload.Workload;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// A task that says how far it is, and one that is cancelled because it goes on for ever.
public final class Progress {

  private Progress() {}

  public static void main(String[] args) throws Exception {
    PoolOptions one = PoolOptions.ofWorkers("steps", 1);
    WorkloadSpec workload = new WorkloadSpec(Steps.class.getName(), 1);
    try (ForkPool pool = new ForkPool(ForkPoolOptions.of(one, workload))) {
      TaskOptions heard =
          TaskOptions.DEFAULT.withProgress(step -> System.out.println("step " + step[0]));
      pool.submit(new byte[] {3}, heard).get();
      System.out.println("all steps done");

      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<byte[]> endless =
          pool.submit(new byte[] {0}, TaskOptions.DEFAULT.withProgress(_ -> begun.countDown()));
      begun.await();
      endless.cancel(true); // Its worker is ended, and another takes its place.
      pool.submit(new byte[] {1}).get();
      System.out.println("cancelled: " + pool.metrics().cancelled());
    }
  }

  /// Takes as many steps as the message's first byte says; for 0, never ends.
  public static final class Steps implements Workload {
    @Override
    public byte[] apply(byte[] message, int iterations) {
      for (int step = 1; step <= message[0] || message[0] == 0; step = Math.min(step + 1, 100)) {
        TaskProgress.report(new byte[] {(byte) step});
      }
      return message;
    }
  }
}
