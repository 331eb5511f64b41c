package dev.forklab.bench.faults;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Submits tasks at a steady rate, whatever becomes of them (an open loop): one thread, which
/// sleeps until the next is due.
final class SteadyLoad implements AutoCloseable {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final ServiceClient client;
  private final RequestLog log;
  private final IntFunction<byte[]> plain;
  private final long gapNanos;
  private final Thread thread;
  private volatile boolean stopped;

  /// Tasks that are still to be made otherwise.
  private final AtomicInteger othersLeft = new AtomicInteger();

  private volatile @Nullable IntFunction<byte[]> others;

  private SteadyLoad(
      ServiceClient client, RequestLog log, IntFunction<byte[]> plain, double perSecond) {
    this.client = client;
    this.log = log;
    this.plain = plain;
    this.gapNanos = (long) (NANOS_PER_SECOND / perSecond);
    this.thread = Thread.ofPlatform().name("faults-load").daemon().unstarted(this::run);
  }

  /// Begins.
  ///
  /// @param plain makes the message of a task
  static SteadyLoad start(
      ServiceClient client, RequestLog log, IntFunction<byte[]> plain, double perSecond) {
    SteadyLoad load = new SteadyLoad(client, log, plain, perSecond);
    load.thread.start();
    return load;
  }

  /// Makes the next tasks otherwise.
  void next(int count, IntFunction<byte[]> message) {
    others = message;
    othersLeft.set(count);
  }

  /// Whether all of these have been submitted.
  boolean isPlain() {
    return othersLeft.get() <= 0;
  }

  private void run() {
    long start = System.nanoTime();
    for (long i = 0; true; i++) {
      long due = start + i * gapNanos;
      for (long now = System.nanoTime(); now < due && !stopped; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      if (stopped) {
        return;
      }
      int task = log.due(due);
      client.submit(task, message(task));
    }
  }

  private byte[] message(int task) {
    IntFunction<byte[]> maker = others;
    return maker != null && othersLeft.getAndDecrement() > 0
        ? maker.apply(task)
        : plain.apply(task);
  }

  @Override
  public void close() {
    stop();
  }

  /// Ends it, and waits until no further task comes.
  void stop() {
    stopped = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        LockSupport.unpark(thread);
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
