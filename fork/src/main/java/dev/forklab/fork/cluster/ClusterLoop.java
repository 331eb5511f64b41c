package dev.forklab.fork.cluster;

import dev.forklab.fork.process.SocketPassing;
import dev.forklab.fork.process.Sockets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// The one thread on which a cluster's primary does everything: it waits for descriptors to become
/// readable, for tasks of other threads and for its timers, and blocks nowhere else. So what it
/// works on needs no lock.
///
/// Not a daemon: as in Node, what listens stays.
final class ClusterLoop {

  private static final byte[] WAKE_UP = {1};
  private static final int MOST_WAKE_UPS = 256;
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  private record Timer(long atNanos, long order, Runnable task) {}

  private final Sockets sockets;
  private final Sockets.Pair wake;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "fork-cluster");
  // Of its own thread only.
  private final Map<Integer, Runnable> readers = new LinkedHashMap<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos).thenComparingLong(Timer::order));
  private long timersMade;
  private boolean stopped;

  ClusterLoop(Sockets sockets) throws IOException {
    this.sockets = sockets;
    this.wake = sockets.pair();
    thread.setDaemon(false);
  }

  void start() {
    thread.start();
  }

  /// Whether the calling thread is this.
  boolean isMine() {
    return Thread.currentThread() == thread;
  }

  /// Blocks until it has stopped.
  void join() throws InterruptedException {
    thread.join();
  }

  /// Runs this soon. From any thread; after the loop has stopped, never.
  void post(Runnable task) {
    tasks.add(task);
    SocketPassing.send(wake.theirs(), WAKE_UP, OptionalInt.empty()); // If it is full it wakes too.
  }

  // ---- On its own thread ----

  /// Runs this whenever the descriptor can be read, or has come to its end.
  void watch(int descriptor, Runnable whenReadable) {
    readers.put(descriptor, whenReadable);
  }

  void forget(int descriptor) {
    readers.remove(descriptor);
  }

  /// Runs this once after a while.
  void after(Duration delay, Runnable task) {
    timers.add(new Timer(System.nanoTime() + delay.toNanos(), timersMade++, task));
  }

  /// Ends it, after the task that says so.
  void stop() {
    stopped = true;
  }

  private void run() {
    readers.put(wake.ours(), () -> SocketPassing.poll(wake.ours(), MOST_WAKE_UPS));
    while (!stopped) {
      for (int readable : sockets.awaitReadable(new ArrayList<>(readers.keySet()), waitMillis())) {
        Runnable reader = readers.get(readable);
        if (reader != null) { // Else an earlier one has seen to it.
          call(reader);
        }
      }
      Runnable next;
      while (!stopped && (next = tasks.poll()) != null) {
        call(next);
      }
      for (Runnable due : dueTimers()) {
        call(due);
      }
    }
    sockets.close(wake.ours());
    sockets.close(wake.theirs());
  }

  private int waitMillis() {
    Timer first = timers.peek();
    if (!tasks.isEmpty()) {
      return 0;
    }
    if (first == null) {
      return (int) LONGEST_WAIT_MILLIS;
    }
    long nanos = Math.max(0, first.atNanos - System.nanoTime());
    return (int) Math.min(LONGEST_WAIT_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
  }

  private List<Runnable> dueTimers() {
    List<Runnable> due = new ArrayList<>();
    long now = System.nanoTime();
    while (!timers.isEmpty() && timers.peek().atNanos - now <= 0) {
      due.add(timers.remove().task);
    }
    return due;
  }

  /// A defect in one task is reported, and the cluster goes on.
  private void call(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
