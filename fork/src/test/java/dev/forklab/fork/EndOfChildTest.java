package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.channel.ChildEnd;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.launch.JavaCommand;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a child, and of what it sends, when it or its parent ends.
@Timeout(60)
@ExtendWith(NothingLeft.class)
class EndOfChildTest {

  private static final int MORE_THAN_THE_SOCKET_TAKES = 8 << 20;

  @Test
  void aCallbackThatExitsLosesNoMessageBehindIt(@TempDir Path directory) throws Exception {
    ChildProcess child =
        Fork.fork(
            Children.ExitBeforeTheSecond.class,
            Integer.toString(MORE_THAN_THE_SOCKET_TAKES),
            directory.toString());
    // Its first message holds up the reading until both others wait in the child.
    child.onMessage(_ -> await().until(() -> Files.exists(directory.resolve("sent"))));
    Events events = Events.of(child);
    Files.createFile(directory.resolve("go"));
    assertThat(events.untilClosed().code()).hasValue(0);
    assertThat(events.messages().stream().skip(1).map(text -> text.toString().length()))
        .containsExactly(MORE_THAN_THE_SOCKET_TAKES, MORE_THAN_THE_SOCKET_TAKES);
  }

  @Test
  void aChildThatCannotReadItsParentIsToldWhatWillNotBeWritten(@TempDir Path directory)
      throws Exception {
    Path socket = directory.resolve("socket");
    JavaCommand java = JavaCommand.ofThisJvm();
    ProcessBuilder child =
        new ProcessBuilder(
                java.command(Children.RefusedSender.class.getName(), List.of("" + directory)))
            .redirectError(directory.resolve("errors").toFile());
    child
        .environment()
        .put(
            Fork.CHANNEL_VARIABLE,
            new ChildContext(
                    new ChildContext.Meeting.AtSocket(socket),
                    Serialization.JSON,
                    false,
                    ChildEnd.GRACE,
                    ChannelBounds.DEFAULT)
                .encode());
    try (ServerSocketChannel parent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      parent.bind(UnixDomainSocketAddress.of(socket));
      Process process = child.start();
      try (SocketChannel channel = parent.accept()) { // Never read: what is sent waits.
        Files.createFile(directory.resolve("go"));
        await().until(() -> Files.exists(directory.resolve("sent")));
        channel.write(ByteBuffer.allocate(64));
        await().until(() -> Files.exists(directory.resolve("refused")));
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("errors"))
            .content()
            .contains("the channel is read no further");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SIGKILL", "exit"})
  void aChildWhoseParentEndsHearsOfTheDisconnectAndRunsItsShutdownHooks(
      String how, @TempDir Path directory) throws Exception {
    endTheParentOf(Children.Mourner.class, how, directory, "60000");
    assertThat(directory.resolve("disconnect")).exists();
    assertThat(directory.resolve("hook")).exists();
  }

  @Test
  void aChildThatDoesNotEndWithinItsGraceIsEnded(@TempDir Path directory) throws Exception {
    endTheParentOf(Children.Remainer.class, "SIGKILL", directory, "2000");
    assertThat(directory.resolve("disconnect")).exists();
    assertThat(directory.resolve("hook")).exists();
  }

  @Test
  void aGraceOfNothingEndsTheChildWithoutAWord(@TempDir Path directory) throws Exception {
    endTheParentOf(Children.Remainer.class, "SIGKILL", directory, "0");
    assertThat(directory.resolve("hook")).doesNotExist();
  }

  /// Returns when the child of that parent has ended.
  private static void endTheParentOf(Class<?> main, String how, Path directory, String graceMillis)
      throws Exception {
    ChildProcess middle =
        Fork.fork(Children.MiddleOf.class, main.getName(), directory.toString(), graceMillis);
    Events events = Events.of(middle);
    ProcessHandle child = ProcessHandle.of(((Number) events.next()).longValue()).orElseThrow();
    try {
      if (how.equals("exit")) {
        middle.send("exit");
      } else {
        middle.kill(how);
      }
      events.untilClosed();
      await().until(() -> !ProcFile.of(child.pid()).isAlive());
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void aJvmThatWasForkedAsAnyExecutableEndsWithItsParent() throws Exception {
    ChildProcess middle = Fork.fork(Children.MiddleOfExecutable.class);
    Events events = Events.of(middle);
    ProcessHandle spin = ProcessHandle.of(((Number) events.next()).longValue()).orElseThrow();
    try {
      middle.kill("SIGKILL");
      events.untilClosed();
      await().until(() -> !ProcFile.of(spin.pid()).isAlive());
    } finally {
      spin.destroyForcibly();
    }
  }
}
