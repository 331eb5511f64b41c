package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.launch.ForkedProcess;
import dev.forklab.fork.process.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(NothingLeft.class)
class ForkedProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final class Heard implements ForkedProcess.Listener {
    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void frame(Frame frame) {
      events.add("frame");
    }

    @Override
    public void channelEnded(@Nullable IOException failure) {
      events.add("channelEnded " + failure);
    }

    @Override
    public void exited(Exit status) {}

    @Override
    public void closed() {}
  }

  /// The exit and the connections are there at once: whichever thread is first, nothing is lost.
  @RepeatedTest(10)
  void whatAChildWroteArrivesThoughItEndedBeforeItWasAccepted() throws Exception {
    EntryCommand launch =
        new EntryCommand(
            new Entry.MainClass(Children.Count.class.getName()),
            ForkOptions.builder().args("3").build());
    Heard heard = new Heard();
    ForkedProcess process =
        ForkedProcess.start(
            new ForkedProcess.Plan("late", launch::spec, true, false, OptionalInt.empty()),
            new FrameChannel(ChannelBounds.DEFAULT),
            heard);
    await().until(() -> !ProcFile.of(process.process().pid()).isAlive());
    process.begin();
    assertThat(process.awaitClosed(PATIENCE)).isTrue();
    assertThat(heard.events).containsExactly("frame", "frame", "frame", "channelEnded null");
  }

  private static Heard heardOf(Function<Path, ProcessSpec> spec) throws Exception {
    Heard heard = new Heard();
    ForkedProcess process =
        ForkedProcess.start(
            new ForkedProcess.Plan("watched", spec, true, false, OptionalInt.empty()),
            new FrameChannel(ChannelBounds.DEFAULT),
            heard);
    process.begin();
    assertThat(process.awaitClosed(PATIENCE)).isTrue();
    return heard;
  }

  private static EntryCommand counting() {
    return new EntryCommand(
        new Entry.MainClass(Children.Count.class.getName()),
        ForkOptions.builder().args("3").build());
  }

  @Test
  void aProcessOfTheSameUserThatConnectsFirstIsNotTakenForTheChild() throws Exception {
    List<SocketChannel> strangers = new ArrayList<>();
    Heard heard =
        heardOf(socket -> {
          try {
            strangers.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return counting().spec(socket);
        });
    assertThat(heard.events).containsExactly("frame", "frame", "frame", "channelEnded null");
    try (SocketChannel stranger = strangers.getFirst()) {
      assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void aStrayFileBesideTheSocketLosesNothing() throws Exception {
    List<Path> strays = new ArrayList<>();
    Heard heard =
        heardOf(socket -> {
          try {
            strays.add(Files.createFile(socket.resolveSibling("stray")));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return counting().spec(socket);
        });
    assertThat(heard.events).containsExactly("frame", "frame", "frame", "channelEnded null");
    Files.delete(strays.getFirst());
    Files.delete(strays.getFirst().resolve("..").normalize());
  }
}
