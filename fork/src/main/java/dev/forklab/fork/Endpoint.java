package dev.forklab.fork;

import dev.forklab.fork.channel.ChannelClosedException;
import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameException;
import dev.forklab.fork.codec.MessageCodec;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.stream.StreamListener;
import dev.forklab.fork.stream.StreamOutput;
import dev.forklab.fork.stream.Streams;
import dev.forklab.fork.stream.Waiting;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// One end of the channel between a parent and its child: what both have in common.
///
/// Safe for use by many threads. Listeners of one end are called one at a time, in order. Messages
/// and errors are kept for the first listener; a listener that is added after the disconnect still
/// hears of it.
///
/// @param <E> which end
public abstract sealed class Endpoint<E extends Endpoint<E>> permits ChildProcess, Parent {

  private static final long MAX_KEPT_BYTES = 1 << 20;

  final FrameChannel channel;
  final EventTurn turn;
  private final Errors errors;
  private final OneTimeEvent<Boolean> disconnected;
  private final Inbox inbox;
  private final Sender sender;
  private final Streams streams;
  private final String peer;
  private final AtomicBoolean distrusted = new AtomicBoolean();

  /// @param name the role name that its threads carry
  /// @param peer who is at the other end, in words
  /// @param daemons whether threads that read streams let this JVM end
  Endpoint(
      String name,
      String peer,
      FrameChannel channel,
      ChannelBounds bounds,
      Serialization serialization,
      boolean daemons) {
    this.peer = peer;
    this.channel = channel;
    turn = new EventTurn(name);
    errors = new Errors(name, turn);
    disconnected = new OneTimeEvent<>(turn, EventTurn.Rank.USUAL);
    MessageFrames messages = new MessageFrames(MessageCodec.of(serialization));
    inbox =
        new Inbox(
            messages,
            turn,
            Math.min(MAX_KEPT_BYTES, bounds.maxQueuedBytes()),
            channel::resume,
            this::listeningChanged,
            e -> fail(ForkError.Kind.GARBAGE, peer + " sent an invalid message: ", e));
    streams =
        new Streams(
            channel,
            bounds.maxFrameBytes(),
            Waiting.besideListeners(turn::isMine),
            daemons,
            this::distrust);
    sender = new Sender(channel, messages, errors::happen, this::disconnectHappened);
  }

  abstract E self();

  /// Somebody has begun to listen, or has stopped.
  void listeningChanged() {}

  /// The connection has ended. Called once.
  void disconnectHappened() {
    streams.end();
    disconnected.happen(true);
  }

  /// Whether a message, the disconnect or a stream would be heard.
  final boolean isHeard() {
    return inbox.isHeard() || disconnected.isHeard() || streams.isHeard();
  }

  // ---- From the channel's thread ----

  final void receive(Frame frame) {
    switch (frame.kind()) {
      case MESSAGE, BYTES, TEXT -> inbox.receive(frame);
      case DISCONNECT -> sender.disconnected();
      case STREAM_OPEN, STREAM_DATA, STREAM_END, STREAM_CREDIT, STREAM_CLOSED ->
          streams.receive(frame);
      case HELLO,
          TASK,
          TASK_NAME,
          INPUT,
          REPLY,
          THREW,
          CANCEL,
          CANCELLED,
          PROGRESS,
          OFFER,
          MOVE,
          STAY ->
          distrust("expected a message, found a frame " + frame.kind());
    }
  }

  /// The peer speaks, but not as agreed: it is listened to no further.
  private void distrust(String what) {
    if (distrusted.compareAndSet(false, true)) {
      fail(ForkError.Kind.GARBAGE, "the channel is read no further: " + what, null);
      end(); // On pipes the peer does not see the channel closed.
      channel.close();
    }
  }

  /// No frame will come any more.
  ///
  /// @param failure what was wrong with the bytes or the connection; null for a plain end
  final void channelEnded(@Nullable IOException failure) {
    if (failure instanceof FrameException) {
      distrust(String.valueOf(failure.getMessage()));
    } else if (failure != null && !isPlainEnd(failure)) {
      fail(ForkError.Kind.CHANNEL, peer + " could not be connected: ", failure);
    }
    sender.disconnected();
  }

  /// The peer ended before it had connected, or this end was closed.
  private static boolean isPlainEnd(IOException failure) {
    return failure instanceof EOFException
        || failure instanceof ChannelClosedException
        || failure instanceof ClosedChannelException;
  }

  /// What the peer has sent and is not heard yet is kept, whatever the bound.
  final void peerIsGone() {
    inbox.peerIsGone();
  }

  final boolean isDistrusted() {
    return distrusted.get();
  }

  final void fail(ForkError.Kind kind, String what, @Nullable Throwable cause) {
    String why = cause == null ? "" : String.valueOf(cause.getMessage());
    errors.happen(new ForkError(kind, what + why, cause));
  }

  /// Ends the connection, if nobody has yet.
  final void end() {
    sender.end();
  }

  // ---- Sending ----

  /// Sends a message. Never blocks. From a message listener with more messages waiting behind, it
  /// is written together with what the listener sends for those, a millisecond or two later at
  /// most; the forms that tell when it is written write at once.
  ///
  /// @return whether there is room for more; false still queues, while the channel is open
  /// @throws IllegalArgumentException if the message cannot be written by this channel's codec
  public boolean send(@Nullable Object message) {
    return sender.send(message, null);
  }

  /// Sends a message, and tells the callback once what became of it.
  ///
  /// @return whether there is room for more
  /// @throws IllegalArgumentException if the message cannot be written by this channel's codec
  public boolean send(@Nullable Object message, SendCallback callback) {
    return sender.send(message, callback);
  }

  /// Sends a message; the future is completed when it is written, or fails with a [ForkError]. Its
  /// stages may block.
  public CompletableFuture<@Nullable Void> sendAsync(@Nullable Object message) {
    return sender.sendAsync(message);
  }

  /// Opens a stream of bytes to the peer, which takes it with [#onStream]. Messages go on beside
  /// it; those sent before are heard before it opens. Blocks while 128 are open.
  ///
  /// @param name what the peer is told, at most 1024 bytes
  /// @throws dev.forklab.fork.stream.StreamException if the connection has ended
  /// @throws IOException if the channel's queue is full
  public StreamOutput openStream(String name) throws IOException {
    return streams.open(name);
  }

  /// Whether messages can be sent: until either end disconnects or ends.
  public boolean connected() {
    return sender.isConnected();
  }

  /// Ends the connection: [#connected] is false at once, what was queued is still delivered, then
  /// the disconnect happens. A second call is an `error` event.
  public void disconnect() {
    sender.disconnect();
  }

  // ---- Listening ----

  /// Called with each message, as maps, lists and scalars.
  public E onMessage(Consumer<@Nullable Object> listener) {
    inbox.listen(false, listener);
    return changed();
  }

  /// Called with each message, bound to a type by Jackson; one that does not fit is an `error`
  /// event. The records of a sealed interface, or classes of a sealed class, say by a property
  /// `type` which they are.
  ///
  /// With listeners of several types, each is called with what fits its type exactly (it has all
  /// components of it, and nothing else); what fits none is an `error` event, unless somebody hears
  /// all messages.
  public <T> E onMessage(Class<T> type, Consumer<T> listener) {
    inbox.listen(false, type, listener);
    return changed();
  }

  /// As [#onMessage(Class, Consumer)], for a type with parameters: `new
  /// TypeReference<List<Point>>() {}`.
  public <T> E onMessage(TypeReference<T> type, Consumer<T> listener) {
    inbox.listen(false, type.getType(), listener);
    return changed();
  }

  /// Called with the next message only, as maps, lists and scalars. What comes after it is kept if
  /// nobody else listens.
  public E onceMessage(Consumer<@Nullable Object> listener) {
    inbox.listen(true, listener);
    return changed();
  }

  /// Called with the next message only that fits the type.
  public <T> E onceMessage(Class<T> type, Consumer<T> listener) {
    inbox.listen(true, type, listener);
    return changed();
  }

  /// Takes the streams that the peer opens, each on a thread of its own. Those opened before are
  /// kept for it; there is one such listener.
  public E onStream(StreamListener listener) {
    streams.listen(listener);
    return changed();
  }

  /// Called when something could not be done; see [ForkError.Kind].
  public E onError(Consumer<ForkError> listener) {
    errors.listen(listener);
    return self();
  }

  /// Called when the connection has ended.
  public E onDisconnect(Runnable listener) {
    disconnected.listen(listener);
    return changed();
  }

  /// Takes a listener off: an object equal to the one that was given to one of the methods that
  /// begin with `on`, except [#onStream]. An event that is on its way may still reach it.
  public E off(Object listener) {
    inbox.forget(listener);
    errors.forget(listener);
    disconnected.forget(listener);
    return changed();
  }

  private E changed() {
    listeningChanged();
    return self();
  }
}
