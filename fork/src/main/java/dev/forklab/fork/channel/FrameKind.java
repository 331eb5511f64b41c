package dev.forklab.fork.channel;

/// What a frame is for. The code of each is part of the wire format and never changes meaning.
public enum FrameKind {
  /// Child to parent, first of all: the child is connected and ready.
  HELLO(1),
  /// A user's message, either way.
  MESSAGE(2),
  /// The sender will send no more messages.
  DISCONNECT(3),
  /// Parent to child: a task of a pool; the frame's id names it.
  TASK(4),
  /// Child to parent: the reply to the task of that id.
  REPLY(5),
  /// Child to parent: the task of that id threw; id 0: the child could not make its task.
  THREW(6),
  /// Parent to child: do not start the task of that id; or, if it runs, nobody waits for it.
  CANCEL(7),
  /// Child to parent: the task of that id was not started, as asked.
  CANCELLED(8),
  /// Child to parent: how far the task of that id is.
  PROGRESS(9),
  /// A chunk of the stream of that id, either way.
  STREAM_DATA(10),
  /// The reader of the stream of that id has room for more bytes.
  STREAM_CREDIT(11),
  /// The writer of the stream of that id has ended it; a body says why it gave up.
  STREAM_END(12),
  /// The writer has opened the stream of that id; the body is its name.
  STREAM_OPEN(13),
  /// The reader of the stream of that id reads no more.
  STREAM_CLOSED(14),
  /// A user's message that is bytes, either way, where the serialization keeps bytes: the body is
  /// the message itself.
  BYTES(15),
  /// A user's message that is text, either way, if all its characters are of ISO 8859-1: the body
  /// has one byte for each.
  TEXT(16),
  /// Parent to child: the class that does the task of that id, which comes next, if it is not the
  /// pool's own.
  TASK_NAME(17),
  /// Child to parent: the task of that id reads its input, which is to come as a stream that is
  /// named as the id.
  INPUT(18),
  /// Parent to child: connect to the socket whose path is the body. This and the next two are
  /// between the [FrameChannel]s alone.
  OFFER(19),
  /// Either way: what the sender writes next comes over that socket.
  MOVE(20),
  /// Child to parent, in answer to an offer: it cannot connect, and both stay where they are.
  STAY(21);

  private static final FrameKind[] BY_CODE = new FrameKind[values().length + 1];

  static {
    for (FrameKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final byte code;

  FrameKind(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  /// Whether it is for the channels alone, which move.
  boolean isOfMove() {
    return code >= OFFER.code;
  }

  /// The kind of this code.
  static FrameKind of(byte code) throws FrameException {
    if (code < 1 || code >= BY_CODE.length) {
      throw FrameException.unknownKind(code);
    }
    return BY_CODE[code];
  }
}
