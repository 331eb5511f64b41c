package dev.forklab.bench.jmh;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/// A pool kept full: a window of tasks is always in flight; each step waits for the oldest and
/// submits another, and a call is a step for each worker.
///
/// Why [#start] runs a whole window past before the clock starts: a slice that began with a fresh
/// window would count tasks that were done before it, or wait for the first to come; after one
/// window the stream is in the same state at the slice's start and at its end, so what was in
/// flight at either cancels out.
final class WindowPipeline implements Pipeline {

  private final OpenModel pool;
  private final Messages messages;
  private final int window;
  private final int workers;
  private final ReplyCheck check;
  private final Queue<CompletableFuture<byte[]>> inFlight;
  private long submitted;
  private long received;

  WindowPipeline(OpenModel pool, Messages messages, int window, int workers) {
    this.pool = pool;
    this.messages = messages;
    this.window = window;
    this.workers = workers;
    this.check = new ReplyCheck(messages);
    this.inFlight = new ArrayDeque<>(window);
  }

  @Override
  public void start() throws Exception {
    while (inFlight.size() < window) {
      submit();
    }
    for (int i = 0; i < window; i++) {
      step();
    }
  }

  @Override
  public int beforehand() {
    return window;
  }

  @Override
  public byte[] next() throws Exception {
    for (int i = 1; i < workers; i++) {
      step();
    }
    return step();
  }

  private byte[] step() throws Exception {
    byte[] reply = receive();
    submit();
    return reply;
  }

  @Override
  public long operations(long calls) {
    return calls * workers;
  }

  @Override
  public int ready() {
    int ready = 0;
    for (CompletableFuture<byte[]> reply : inFlight) {
      if (reply.isDone()) {
        ready++;
      }
    }
    return ready;
  }

  @Override
  public int stop() throws Exception {
    while (!inFlight.isEmpty()) {
      receive();
    }
    return check.countWrong();
  }

  private void submit() throws InterruptedException {
    inFlight.add(pool.submit(messages.message(submitted++)));
  }

  private byte[] receive() throws Exception {
    byte[] reply = inFlight.remove().get();
    check.keep(received++, reply);
    return reply;
  }
}
