package dev.forklab.fork;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sending messages, as both ends do it: `send`, `disconnect`, `connected`. Knows the users'
/// callbacks and errors; the frames that the channel's own outbox holds it only hands over.
///
/// Safe for use by many threads.
final class Sender {

  private final FrameChannel channel;
  private final MessageFrames messages;
  private final Consumer<ForkError> onError;
  private final Runnable onDisconnected;
  // Goes from true to false once, by whoever ends the connection.
  private final AtomicBoolean connected = new AtomicBoolean(true);

  Sender(
      FrameChannel channel,
      MessageFrames messages,
      Consumer<ForkError> onError,
      Runnable onDisconnected) {
    this.channel = channel;
    this.messages = messages;
    this.onError = onError;
    this.onDisconnected = onDisconnected;
  }

  boolean isConnected() {
    return connected.get();
  }

  boolean send(@Nullable Object message, @Nullable SendCallback callback) {
    Frame frame = messages.encode(message);
    if (!connected.get()) {
      fail(callback, new ForkError(ForkError.Kind.SEND, "the channel is closed", null));
      return false;
    }
    try {
      // Whoever does not ask to be told does not wait either.
      return callback == null
          ? channel.sendSoon(frame, failure -> written(null, failure))
          : channel.send(frame, failure -> written(callback, failure));
    } catch (IOException e) {
      fail(callback, notSent(e));
      return false;
    }
  }

  CompletableFuture<@Nullable Void> sendAsync(@Nullable Object message) {
    Receipt receipt = new Receipt();
    send(message, receipt);
    return receipt.handOut();
  }

  private void written(@Nullable SendCallback callback, @Nullable IOException failure) {
    if (failure != null) {
      fail(callback, notSent(failure));
    } else if (callback != null) {
      tell(callback, null);
    }
  }

  private static ForkError notSent(IOException cause) {
    return new ForkError(
        ForkError.Kind.SEND, "a message was not sent: " + cause.getMessage(), cause);
  }

  private void fail(@Nullable SendCallback callback, ForkError error) {
    if (callback == null) {
      onError.accept(error);
    } else {
      tell(callback, error);
    }
  }

  private static void tell(SendCallback callback, @Nullable ForkError error) {
    try {
      callback.done(error);
    } catch (RuntimeException | Error e) {
      EventTurn.report(e);
    }
  }

  /// Sends no more; what was queued is still written, then the event follows.
  void disconnect() {
    if (!end()) {
      onError.accept(
          new ForkError(ForkError.Kind.SEND, "the channel is already disconnected", null));
    }
  }

  /// [#disconnect], if nobody has yet.
  boolean end() {
    if (!connected.compareAndSet(true, false)) {
      return false;
    }
    try {
      // Whatever waits: there is one, and without it the peer would stay for ever.
      channel.sendReserved(Frame.bare(FrameKind.DISCONNECT, 0), _ -> onDisconnected.run());
    } catch (IOException e) {
      onDisconnected.run(); // The peer is gone: there is nobody to tell.
    }
    return true;
  }

  /// The peer has ended the connection, or is gone.
  void disconnected() {
    if (connected.compareAndSet(true, false)) {
      onDisconnected.run();
    }
  }
}
