package com.acme.pdf;

import dev.forklab.fork.Parent;
import dev.forklab.fork.pool.TaskFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A service in a JVM that may break: ten good files, two of one hostile kind, thirty good ones. It
/// tells its parent of each preview the moment it is there.
public final class Batch {

  static final int GOOD = 40;
  private static final int BEFORE = 10;

  /// In a process each file ends, by itself or by its limit.
  private static final Duration PROCESS_PATIENCE = Previews.LIMIT.multipliedBy(12);

  private static final Duration THREAD_PATIENCE = Previews.LIMIT.multipliedBy(3);

  private Batch() {}

  /// What the service tells.
  record Told(Kind kind, String detail) {
    enum Kind {
      /// A preview of a good file.
      GOOD,
      /// How the request for a hostile one ended.
      BAD,
      /// At the end, what is left of it all.
      LEFT
    }
  }

  /// One batch.
  ///
  /// @param args `processes` or `threads`, and the kind of the hostile files
  public static void main(String[] args) throws InterruptedException, IOException {
    Preview.getReady();
    Parent parent = Parent.get();
    boolean inProcesses = args[0].equals("processes");
    Duration patience = inProcesses ? PROCESS_PATIENCE : THREAD_PATIENCE;
    try (Previews previews =
        inProcesses ? Previews.InProcesses.open() : Previews.InThreads.open()) {
      CompletableFuture.allOf(asked(previews, Hostile.valueOf(args[1]).file(), parent))
          .exceptionally(_ -> null) // A good file without a preview shows in the count.
          .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
          .join();
      parent.send(new Told(Told.Kind.LEFT, previews.left()));
    }
  }

  private static CompletableFuture<?>[] asked(Previews previews, byte[] hostile, Parent parent)
      throws InterruptedException {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int number = 0; number < GOOD; number++) {
      if (number == BEFORE) {
        for (int i = 0; i < Previews.WORKERS; i++) {
          all.add(
              previews
                  .of(hostile)
                  .handle((_, thrown) -> parent.send(new Told(Told.Kind.BAD, why(thrown)))));
        }
      }
      all.add(
          previews
              .of(Invoice.of(number))
              .thenAccept(_ -> parent.send(new Told(Told.Kind.GOOD, ""))));
    }
    return all.toArray(CompletableFuture[]::new);
  }

  private static String why(@org.jspecify.annotations.Nullable Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : thrown;
    return switch (cause) {
      case null -> "a picture";
      case TaskFailure.WorkerDied died -> "the worker died: " + died.exit().describe();
      case TaskFailure.TimedOut _, TimeoutException _ -> "over the limit of time";
      case TaskFailure.Threw threw -> threw.thrownClass();
      default -> cause.getClass().getName();
    };
  }
}
