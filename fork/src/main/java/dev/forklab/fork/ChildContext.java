package dev.forklab.fork;

import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Serialization;
import java.nio.file.Path;
import java.time.Duration;

/// What a child must know to connect: passed as its first argument, or in [Fork#CHANNEL_VARIABLE].
///
/// Text: `serialization,detached,graceMillis,maxFrameBytes,maxQueuedBytes,highWaterBytes,path`; in
/// place of the path, `pipes:` and how many bytes each holds.
record ChildContext(
    Meeting meeting,
    Serialization serialization,
    boolean detached,
    Duration grace,
    ChannelBounds bounds) {

  private static final int FIELDS = 7;
  private static final String PIPES = "pipes:";

  /// Where the parent is found.
  sealed interface Meeting {

    /// It listens there.
    record AtSocket(Path file) implements Meeting {}

    /// On what was inherited.
    record OnPipes(int capacityBytes) implements Meeting {}
  }

  static ChildContext of(Meeting meeting, ForkOptions options) {
    return new ChildContext(
        meeting, options.serialization, options.detached, options.grace, options.bounds);
  }

  String encode() {
    return String.join(
        ",",
        serialization.name(),
        Boolean.toString(detached),
        Long.toString(grace.toMillis()),
        Integer.toString(bounds.maxFrameBytes()),
        Long.toString(bounds.maxQueuedBytes()),
        Long.toString(bounds.highWaterBytes()),
        meeting instanceof Meeting.OnPipes pipes
            ? PIPES + pipes.capacityBytes
            : ((Meeting.AtSocket) meeting).file.toString());
  }

  static ChildContext decode(String text) {
    String[] fields = text.split(",", FIELDS);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(
          "expected what a forked child is given, found '"
              + text
              + "'; use Fork to start this class");
    }
    return new ChildContext(
        meeting(fields[6]),
        Serialization.valueOf(fields[0]),
        Boolean.parseBoolean(fields[1]),
        Duration.ofMillis(Long.parseLong(fields[2])),
        new ChannelBounds(
            Integer.parseInt(fields[3]), Long.parseLong(fields[4]), Long.parseLong(fields[5])));
  }

  private static Meeting meeting(String text) {
    return text.startsWith(PIPES)
        ? new Meeting.OnPipes(Integer.parseInt(text, PIPES.length(), text.length(), 10))
        : new Meeting.AtSocket(Path.of(text));
  }
}
