package dev.forklab.fork.pool;

import dev.forklab.fork.channel.Written;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Calling back what waits in a worker behind a task that takes long, so that others can do it.
///
/// A worker that stands still is told not to start those tasks. If all of that is in its socket, it
/// will read it before it starts another, and they wait in the pool again at once. If not, they
/// come back when it says that it did not start them.
///
/// A worker whose channel has something else to write, or that does not come to stand still at
/// once, is let go on, and tried again later; where no worker can be stopped, what it holds stays
/// there.
final class Recall extends Stoppage {

  private static final Duration PATIENCE = Duration.ofMillis(50);
  private static final Duration NEXT = Duration.ofSeconds(1);

  Recall(Dispatcher dispatcher, Worker worker, Job<?> running) {
    super(dispatcher, worker, running, PATIENCE);
  }

  @Override
  boolean failed() {
    tryLater();
    return false;
  }

  private void tryLater() {
    worker.recallAfterNanos = Moment.after(System.nanoTime(), NEXT);
  }

  @Override
  void carryOut() {
    Told told = new Told();
    int asked = dispatcher.lock.get(() -> ask(told));
    worker.pump();
    if (asked > 0 && told.count.get() == asked) {
      dispatcher.recalled(worker);
    }
  }

  /// Returns how many tasks it is asked not to start.
  private int ask(Told told) {
    if (worker.process.channel().queuedBytes() > 0) {
      tryLater();
      return 0;
    }
    List<Job<?>> behind = worker.waiting();
    behind.forEach(task -> worker.revoke(task, told));
    return behind.size();
  }

  /// How many of the questions are in the socket.
  private static final class Told implements Written {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void done(@Nullable IOException failure) {
      if (failure == null) {
        count.incrementAndGet();
      }
    }
  }
}
