package dev.forklab.fork.program;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.Parent;
import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.Task;
import dev.forklab.fork.pool.TaskContext;
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
    try (ForkPool<byte[], Integer> pool = ForkPool.of(Length.class, 1)) {
      System.out.println("reply: " + pool.submit(new byte[8]).get());
    }
  }

  /// How long a message is.
  public static final class Length implements Task<byte[], Integer> {
    @Override
    public Integer run(byte[] message, TaskContext context) {
      return message.length;
    }
  }

  /// As hidden as `java` allows.
  static final class Greeter {
    static void main() {
      Parent.get().send("hello");
    }
  }
}
