package dev.forklab.fork.program;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.Parent;
import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Forks, has a pool do one task, and prints what came of both.
public final class Program {

  private Program() {}

  public static void main(String[] args) throws Exception {
    ChildProcess child = Fork.fork(Greeter.class);
    CompletableFuture<@Nullable Object> said = new CompletableFuture<>();
    child.onMessage(said::complete).onClose(_ -> said.complete("nothing"));
    System.out.println("child: " + said.get());
    child.closed().get();
    WorkloadSpec workload = new WorkloadSpec("seal", 1);
    try (ForkPool pool =
        new ForkPool(ForkPoolOptions.of(PoolOptions.ofWorkers("test", 1), workload))) {
      System.out.println("reply: " + pool.submit(new byte[8]).get().length);
    }
  }

  /// As hidden as `java` allows.
  static final class Greeter {
    static void main() {
      Parent.get().send("hello");
    }
  }
}
