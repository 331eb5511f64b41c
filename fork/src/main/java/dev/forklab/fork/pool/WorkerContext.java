package dev.forklab.fork.pool;

import java.util.List;

/// What a worker was started with, for [Task#start].
///
/// @param args the arguments that [ForkPoolOptions#args] gives to all workers
public record WorkerContext(List<String> args) {

  public WorkerContext {
    args = List.copyOf(args);
  }
}
