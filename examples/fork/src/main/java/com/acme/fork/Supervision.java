package com.acme.fork;

import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.fork.pool.PoolMetrics;
import dev.forklab.fork.pool.TaskOptions;
import dev.forklab.workload.Workload;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.TaskFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// What goes wrong in a child stays there: its task fails by name, and the pool goes on.
public final class Supervision {

  private static final byte FINE = 0;
  private static final byte CRASH = 1;
  private static final byte LOOP = 2;

  private Supervision() {}

  public static void main(String[] args) throws Exception {
    PoolOptions two = PoolOptions.ofWorkers("fragile", 2);
    WorkloadSpec workload = new WorkloadSpec(Fragile.class.getName(), 1);
    try (ForkPool pool = new ForkPool(ForkPoolOptions.of(two, workload))) {
      pool.showInJmx(); // Its metrics, until it is closed.
      tell("crash", pool.submit(new byte[] {CRASH}));
      TaskOptions limited = TaskOptions.DEFAULT.withLimit(Duration.ofMillis(500));
      tell("loop", pool.submit(new byte[] {LOOP}, limited));
      tell("fine", pool.submit(new byte[] {FINE}));
      PoolMetrics metrics = pool.metrics();
      System.out.println("deaths: " + metrics.deaths() + ", timed out: " + metrics.timedOut());
    }
  }

  private static void tell(String task, CompletableFuture<byte[]> reply)
      throws InterruptedException {
    try {
      reply.get();
      System.out.println(task + ": done");
    } catch (ExecutionException e) {
      String why =
          switch (TaskFailure.of(e)) {
            case TaskFailure.WorkerDied died -> died.status().describe();
            case TaskFailure.TimedOut slow -> slow.getMessage();
            case TaskFailure.Threw threw -> threw.getMessage();
            case TaskFailure.Cancelled _, TaskFailure.Rejected _, TaskFailure.PoolClosed _ ->
                "it never ran";
          };
      System.out.println(task + ": " + why);
    }
  }

  /// Does what its message says.
  public static final class Fragile implements Workload {
    @Override
    public byte[] apply(byte[] message, int iterations) {
      switch (message[0]) {
        case CRASH -> Runtime.getRuntime().halt(42);
        case LOOP -> {
          while (true) {
            Thread.onSpinWait();
          }
        }
        default -> {}
      }
      return message;
    }
  }
}
