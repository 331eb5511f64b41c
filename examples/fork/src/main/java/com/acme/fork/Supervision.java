package com.acme.fork;

import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.PoolMetrics;
import dev.forklab.fork.pool.Task;
import dev.forklab.fork.pool.TaskContext;
import dev.forklab.fork.pool.TaskFailure;
import dev.forklab.fork.pool.TaskOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// What goes wrong in a child stays there: its task fails by name, and the pool goes on.
public final class Supervision {

  private Supervision() {}

  public static void main(String[] args) throws Exception {
    try (ForkPool<String, String> pool = ForkPool.of(Fragile.class, 2)) {
      pool.showInJmx(); // Its metrics, until it is closed.
      tell("crash", pool.submit("crash"));
      TaskOptions limited = TaskOptions.DEFAULT.withLimit(Duration.ofMillis(500));
      tell("loop", pool.submit("loop", limited));
      tell("fine", pool.submit("fine"));
      PoolMetrics metrics = pool.metrics();
      System.out.println("deaths: " + metrics.deaths() + ", timed out: " + metrics.timedOut());
    }
  }

  private static void tell(String task, CompletableFuture<String> reply)
      throws InterruptedException {
    try {
      reply.get();
      System.out.println(task + ": done");
    } catch (ExecutionException e) {
      String why =
          switch (TaskFailure.of(e)) {
            case TaskFailure.WorkerDied died -> died.exit().describe();
            case TaskFailure.TimedOut slow -> slow.getMessage();
            case TaskFailure.Threw threw -> threw.getMessage();
            case TaskFailure.Cancelled _, TaskFailure.Rejected _, TaskFailure.PoolClosed _ ->
                "it never ran";
          };
      System.out.println(task + ": " + why);
    }
  }

  /// Does what it is asked.
  public static final class Fragile implements Task<String, String> {
    @Override
    public String run(String request, TaskContext context) {
      switch (request) {
        case "crash" -> Runtime.getRuntime().halt(42);
        case "loop" -> {
          while (true) {
            Thread.onSpinWait();
          }
        }
        default -> {}
      }
      return request;
    }
  }
}
