package com.acme.fork;

import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.Task;
import dev.forklab.fork.pool.TaskContext;
import dev.forklab.fork.pool.TaskOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// A task that says how far it is, and one that is cancelled because it goes on for ever.
public final class Progress {

  private Progress() {}

  public static void main(String[] args) throws Exception {
    try (ForkPool<Integer, String> pool = ForkPool.of(Steps.class, 1)) {
      TaskOptions heard =
          TaskOptions.DEFAULT.withProgress(step -> System.out.println("step " + step));
      System.out.println(pool.submit(3, heard).get());

      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<String> endless =
          pool.submit(Integer.MAX_VALUE, TaskOptions.DEFAULT.withProgress(_ -> begun.countDown()));
      begun.await();
      endless.cancel(true); // The task looks, and ends; if it did not, its worker would be ended.
      pool.submit(1).get();
      System.out.println("cancelled: " + pool.metrics().cancelled());
    }
  }

  /// Takes as many steps as it is asked for.
  public static final class Steps implements Task<Integer, String> {
    @Override
    public String run(Integer steps, TaskContext context) {
      for (int step = 1; step <= steps && !context.isCancelled(); step++) {
        context.progress(step);
      }
      return "all steps done";
    }
  }
}
