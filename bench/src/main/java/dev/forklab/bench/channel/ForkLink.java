package dev.forklab.bench.channel;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.data.Stdio;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One child of [ForkDriver], and the slices measured with it. What is timed runs on the channel's
/// thread, in the message listener, as it would in a program; the driver's main thread waits.
final class ForkLink implements DriverChild {

  static final int WINDOW = 64;

  /// One-way messages between two answers of the child.
  private static final int BURST = 2_000;

  private static final long PATIENCE_SECONDS = 60;

  private final ChildProcess child;
  private final long startNanos;
  // Set by the main thread before it sends what will be answered; read by the channel's thread.
  private volatile Consumer<@Nullable Object> receiver;

  private ForkLink(Serialization serialization) throws Exception {
    CompletableFuture<Long> hello = new CompletableFuture<>();
    receiver = _ -> hello.complete(System.nanoTime());
    ForkOptions options = options(serialization);
    long begin = System.nanoTime();
    child =
        Fork.fork(ForkPeer.class, options)
            .onMessage(message -> receiver.accept(message))
            .onError(hello::completeExceptionally)
            .onClose(exit -> hello.completeExceptionally(new IllegalStateException("" + exit)));
    startNanos = hello.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - begin;
  }

  private static ForkOptions options(Serialization serialization) {
    return ForkOptions.builder()
        .serialization(serialization)
        .stdio(Stdio.IGNORE, Stdio.INHERIT, Stdio.INHERIT)
        .build();
  }

  /// Makes what lets children start faster, once and beforehand, as a program's installation would.
  static void prepare() throws IOException, InterruptedException {
    for (Serialization serialization : Serialization.values()) {
      var _ = Fork.prepare(ForkPeer.class, options(serialization));
    }
  }

  static ForkLink open(String mode) throws Exception {
    return new ForkLink(
        switch (mode) {
          case "json" -> Serialization.JSON;
          case "advanced" -> Serialization.ADVANCED;
          default -> throw new IllegalArgumentException("expected json or advanced, found " + mode);
        });
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long pid() {
    return child.pid().orElseThrow();
  }

  /// Keeps `window` messages in flight for so long; a round trip is a window of one.
  Reply echo(Object message, int window, Duration time) throws Exception {
    CompletableFuture<Long> end = new CompletableFuture<>();
    long begin = System.nanoTime();
    Echo echo = new Echo(message, window, begin + time.toNanos(), end);
    receiver = echo;
    for (int i = 0; i < window; i++) {
      child.send(message);
    }
    long nanos = await(end) - begin;
    if (!same(message, echo.last)) {
      throw new IllegalStateException("expected the message back, found another");
    }
    return Reply.timed(echo.count, nanos);
  }

  /// Of the channel's thread; the main thread reads it after `end`.
  private final class Echo implements Consumer<@Nullable Object> {
    private final Object message;
    private final long deadlineNanos;
    private final CompletableFuture<Long> end;
    private int inFlight;
    private long count;
    private @Nullable Object last;

    Echo(Object message, int window, long deadlineNanos, CompletableFuture<Long> end) {
      this.message = message;
      this.deadlineNanos = deadlineNanos;
      this.end = end;
      inFlight = window;
    }

    @Override
    public void accept(@Nullable Object reply) {
      count++;
      last = reply;
      long now = System.nanoTime();
      if (now < deadlineNanos) {
        child.send(message);
      } else if (--inFlight == 0) {
        end.complete(now);
      }
    }
  }

  /// Sends in bursts, with a window of messages not yet written, until the time is over.
  Reply oneWay(Object message, Duration time) throws Exception {
    Semaphore room = new Semaphore(WINDOW);
    long begin = System.nanoTime();
    long count = 0;
    long now;
    do {
      CompletableFuture<Long> counted = new CompletableFuture<>();
      receiver = _ -> counted.complete(System.nanoTime());
      child.send(Map.of("count", BURST));
      for (int i = 0; i < BURST; i++) {
        room.acquire();
        child.send(message, _ -> room.release());
      }
      now = await(counted);
      count += BURST;
    } while (now - begin < time.toNanos());
    return Reply.timed(count, now - begin);
  }

  /// Sends one list.
  Reply large(List<?> document) throws Exception {
    CompletableFuture<Object> length = new CompletableFuture<>();
    receiver = length::complete;
    child.send(Map.of("length", true));
    long begin = System.nanoTime();
    child.send(document);
    Object found = await(length);
    long nanos = System.nanoTime() - begin;
    if (!(found instanceof Number number) || number.intValue() != document.size()) {
      throw new IllegalStateException("expected " + document.size() + " items, found " + found);
    }
    return Reply.timed(1, nanos);
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the child did not answer in time", e);
    }
  }

  private static boolean same(Object message, @Nullable Object reply) {
    return message instanceof byte[] bytes
        ? reply instanceof byte[] found && Arrays.equals(bytes, found)
        : message.equals(reply);
  }

  @Override
  public void release() throws Exception {
    child.disconnect();
    await(child.closed());
  }
}
