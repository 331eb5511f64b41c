package com.acme.pdf;

import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.pool.ForkPool;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A service that makes previews, two at a time, each within a limit of time.
sealed interface Previews extends AutoCloseable {

  int WORKERS = 2;
  Duration LIMIT = Duration.ofSeconds(5);

  /// Asks for the preview of a file.
  CompletableFuture<byte[]> of(byte[] pdf) throws InterruptedException;

  /// Workers that had to be replaced, or threads that still run what nobody waits for.
  String left();

  @Override
  void close();

  /// Each preview in one of two worker processes, which share no memory with the service.
  record InProcesses(ForkPool<byte[], byte[]> pool) implements Previews {

    static InProcesses open() throws IOException {
      return new InProcesses(
          ForkPool.with(Preview.class)
              .workers(WORKERS)
              .taskTimeout(LIMIT)
              .heapLimit("96m")
              .serialization(Serialization.ADVANCED)
              .execArgv("-Djava.awt.headless=true")
              .open());
    }

    @Override
    public CompletableFuture<byte[]> of(byte[] pdf) throws InterruptedException {
      return pool.submit(pdf);
    }

    @Override
    public String left() {
      return "%d workers replaced".formatted(pool.metrics().restarts());
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  /// Each preview on one of two threads of the service. Who waits gives up after the limit; the
  /// thread cannot be made to.
  record InThreads(ThreadPoolExecutor threads) implements Previews {

    static InThreads open() {
      return new InThreads(
          (ThreadPoolExecutor)
              Executors.newFixedThreadPool(
                  WORKERS, Thread.ofPlatform().daemon().name("preview-", 0).factory()));
    }

    @Override
    public CompletableFuture<byte[]> of(byte[] pdf) {
      CompletableFuture<byte[]> reply = new CompletableFuture<>();
      threads.execute(() -> {
        reply.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try {
          reply.complete(Preview.of(pdf));
        } catch (Throwable thrown) {
          reply.completeExceptionally(thrown);
        }
      });
      return reply;
    }

    @Override
    public String left() {
      return "%d threads busy for good".formatted(threads.getActiveCount());
    }

    @Override
    public void close() {
      threads.shutdownNow();
    }
  }
}
