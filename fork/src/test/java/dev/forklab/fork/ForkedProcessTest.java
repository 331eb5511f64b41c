package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.data.Stdio;
import dev.forklab.fork.launch.ForkedProcess;
import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.fork.process.ProcessSpec;
import dev.forklab.fork.process.Spawner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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

  private static ForkedProcess onPipes(Class<?> main, Heard heard, ForkOptions options)
      throws IOException {
    EntryCommand launch = new EntryCommand(new Entry.MainClass(main.getName()), options);
    assumeTrue(
        Spawner.ofThisPlatform().describe().startsWith("posix_spawn"), "elsewhere are no pipes");
    assertThat(launch.onPipes()).isPresent();
    return ForkedProcess.start(
        new ForkedProcess.Plan(
            "piped", launch.onPipes(), launch::spec, true, false, OptionalInt.empty()),
        new FrameChannel(ChannelBounds.DEFAULT),
        heard);
  }

  @RepeatedTest(10)
  void whatAChildWroteToItsPipeArrivesThoughItEndedBeforeItWasRead() throws Exception {
    Heard heard = new Heard();
    ForkedProcess process =
        onPipes(Children.Count.class, heard, ForkOptions.builder().args("3").build());
    await().until(() -> !ProcFile.of(process.process().pid()).isAlive());
    process.begin();
    assertThat(process.awaitClosed(PATIENCE)).isTrue();
    assertThat(heard.events).containsExactly("frame", "frame", "frame", "channelEnded null");
  }

  /// Stays, whatever becomes of its channel, until its standard input ends.
  static final class Stays {
    public static void main(String[] args) throws IOException {
      Parent.get().onError(_ -> {});
      Parent.get().send("here");
      while (System.in.read() >= 0) {
        // Nothing is sent there.
      }
    }
  }

  /// The pipes stay open as long as it lives: only a word tells the parent.
  @Test
  void aChildThatTrustsItsParentNoMoreSaysSoThoughItLivesOn() throws Exception {
    Heard heard = new Heard();
    ForkedProcess process =
        onPipes(
            Stays.class,
            heard,
            ForkOptions.builder().stdio(Stdio.PIPE, Stdio.INHERIT, Stdio.INHERIT).build());
    process.begin();
    await().until(() -> heard.events.equals(List.of("frame")));
    process.channel().send(Frame.bare(FrameKind.TASK, 1));
    await().until(() -> heard.events.equals(List.of("frame", "frame")));
    assertThat(ProcFile.of(process.process().pid()).isAlive()).isTrue();
    process.process().stdin().orElseThrow().close();
    assertThat(process.awaitClosed(PATIENCE)).isTrue();
  }

  @Test
  void aLauncherThatClosesWhatItInheritsIsToldInWords(@TempDir Path directory) throws Exception {
    Path launcher = directory.resolve("java");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec 3<&- 4<&- 5<&- 6<&-\nexec '%s' \"$@\"\n".formatted(JavaCommand.ownJava()));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    ChildProcess child =
        Fork.fork(
            Children.Count.class,
            ForkOptions.builder().execPath(launcher).args("3").silent(true).build());
    assertThat(child.closed().get(30, TimeUnit.SECONDS).code()).hasValue(1);
    assertThat(new String(child.stderr().orElseThrow().readAllBytes(), UTF_8))
        .contains("expected to inherit the pipes to the parent as descriptors 3 to 6")
        .contains("ForkOptions.execPath");
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
