package dev.forklab.fork.pool;

/// Calling back what waits in a worker behind a task that takes long, so that others can do it.
///
/// A worker that stands still is told not to start those tasks. If all of that is in its socket, it
/// will read it before it starts another, and they wait in the pool again at once. If not, they
/// come back when it says that it did not start them.
///
/// Where a worker cannot be stopped, what it holds stays where it is.
final class Recall extends Stoppage {

  Recall(Dispatcher dispatcher, Worker worker, Task running) {
    super(dispatcher, worker, running);
  }

  @Override
  boolean failed() {
    worker.mayBeRecalled = false;
    return false;
  }

  @Override
  void carryOut() {
    dispatcher.lock.lock();
    try {
      worker.waiting().forEach(worker::revoke);
    } finally {
      dispatcher.lock.unlock();
    }
    worker.pump();
    if (worker.process.channel().queuedBytes() == 0) {
      dispatcher.recalled(worker);
    }
  }

  @Override
  boolean isOver() {
    return true;
  }
}
