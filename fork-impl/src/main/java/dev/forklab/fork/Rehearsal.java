package dev.forklab.fork;

import dev.forklab.fork.channel.ChannelBounds;
import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.PrivateSocket;
import dev.forklab.fork.codec.CodecException;
import dev.forklab.fork.codec.MessageCodec;
import dev.forklab.fork.codec.Serialization;
import dev.forklab.fork.codec.TaskCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The main class of the run that a [StartArchive] is recorded from: does what every child does at
/// its start, and what most do next, with itself as the parent. Runs none of the user's code.
final class Rehearsal {

  private static final int ROUNDS = 3;

  private Rehearsal() {}

  /// Started by [StartArchive] only, with a directory for its socket.
  public static void main(String[] args) throws Exception {
    Class.forName("dev.forklab.fork.pool.PoolChild");
    codecs();
    channel(Path.of(args[0]));
  }

  private static void codecs() throws CodecException {
    List<Object> values = List.of("hello", 1, 1.5, true, Map.of("a", List.of("b", 2L)));
    for (int round = 0; round < ROUNDS; round++) {
      for (Serialization serialization : Serialization.values()) {
        MessageCodec codec = MessageCodec.of(serialization);
        for (Object value : values) {
          codec.decode(codec.encode(value));
        }
        TaskCodec tasks = TaskCodec.of(serialization);
        tasks.decode(tasks.encode(new byte[16]));
      }
    }
  }

  /// The child's start, up to its first messages; it ends when the socket's other end is closed.
  private static void channel(Path directory) throws IOException, InterruptedException {
    try (PrivateSocket listening = PrivateSocket.openUnder(directory, OptionalInt.empty());
        FrameChannel parent = new FrameChannel(ChannelBounds.DEFAULT)) {
      Thread child = Thread.ofPlatform().start(() -> child(listening.file()));
      parent.attach(listening.accept());
      try (var _ = listening.accept()) {
        child.join();
        parent.await(); // The hello has come, so everything has been done once.
        parent.send(Frame.bare(FrameKind.DISCONNECT, 0));
      }
    }
  }

  private static void child(Path socket) {
    ChildContext context =
        ChildContext.of(socket, ForkOptions.builder().detached(true).build());
    Parent.install(ChildContext.decode(context.encode()));
    Parent parent = Parent.get();
    parent.onMessage(_ -> {});
    parent.send("hello");
  }
}
