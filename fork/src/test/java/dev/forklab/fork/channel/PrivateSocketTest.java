package dev.forklab.fork.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PrivateSocketTest {

  private static final int NOBODY = 65_534;

  private static Path directoryOf(PrivateSocket socket) throws IOException {
    return socket.file().resolve("..").normalize();
  }

  @Test
  void theSocketLiesInADirectoryThatOnlyTheUserCanOpenAndIsRemoved() throws Exception {
    PrivateSocket socket = PrivateSocket.open(OptionalInt.empty());
    Path directory = directoryOf(socket);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    socket.close();
    assertThat(directory).doesNotExist();
  }

  @Test
  void aPeerOfAnotherUserIsTurnedAway() throws Exception {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "only root can give the socket to another user");
    // Root may connect to it all the same, but is not whom it was made for.
    try (PrivateSocket socket = PrivateSocket.open(OptionalInt.of(NOBODY));
        SocketChannel stranger = SocketChannel.open(UnixDomainSocketAddress.of(socket.file()))) {
      socket.childIsGone();
      assertThatThrownBy(socket::accept)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ended before");
      assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void theDirectoryOfAnotherUsersSocketStaysOurs() throws Exception {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "only root can give the socket to another user");
    try (PrivateSocket socket = PrivateSocket.open(OptionalInt.of(NOBODY))) {
      Path directory = directoryOf(socket);
      assertThat(Files.getAttribute(directory, "unix:uid")).isEqualTo(0);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx--x--x");
      assertThat(Files.getAttribute(socket.file(), "unix:uid")).isEqualTo(NOBODY);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.file())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aLinkInPlaceOfTheDirectoryIsNotFollowed(@TempDir Path elsewhere) throws Exception {
    Path victim = Files.createFile(elsewhere.resolve("s"));
    PrivateSocket socket = PrivateSocket.open(OptionalInt.empty());
    Path directory = directoryOf(socket);
    Files.move(directory, elsewhere.resolve("moved"));
    Files.createSymbolicLink(directory, elsewhere);
    socket.close();
    assertThat(victim).exists();
    assertThat(Files.exists(directory, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void whoComesAfterTheChildFindsNobody() throws Exception {
    PrivateSocket socket = PrivateSocket.open(OptionalInt.empty());
    Path file = socket.file();
    try (SocketChannel child = SocketChannel.open(UnixDomainSocketAddress.of(file));
        SocketChannel accepted = socket.accept()) {
      socket.close();
      assertThatThrownBy(() -> SocketChannel.open(UnixDomainSocketAddress.of(file)))
          .isInstanceOf(IOException.class);
      assertThat(child.isConnected() && accepted.isConnected()).isTrue();
    }
  }

  @Test
  void whoConnectedAndEndedIsStillAcceptedAndThenNobodyIsWaitedFor() throws Exception {
    try (PrivateSocket socket = PrivateSocket.open(OptionalInt.empty())) {
      try (SocketChannel child = SocketChannel.open(UnixDomainSocketAddress.of(socket.file()))) {
        child.write(ByteBuffer.wrap(new byte[] {7}));
      }
      socket.childIsGone();
      try (SocketChannel accepted = socket.accept()) {
        ByteBuffer last = ByteBuffer.allocate(2);
        assertThat(accepted.read(last)).isEqualTo(1);
        assertThat(accepted.read(last)).isEqualTo(-1);
      }
      assertThatThrownBy(socket::accept)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ended before");
    }
  }

  @Test
  void aWaitForAChildThatEndsIsOver() throws Exception {
    try (PrivateSocket socket = PrivateSocket.open(OptionalInt.empty())) {
      CompletableFuture<Throwable> refused = new CompletableFuture<>();
      Thread.ofPlatform().start(() -> refused.complete(catchThrowable(socket::accept)));
      socket.childIsGone();
      assertThat(refused.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPathThatIsTooLongForASocketIsRefusedInWordsAndLeavesNothing() throws Exception {
    Path deep = Files.createTempDirectory("d");
    Path deeper = Files.createDirectory(deep.resolve("x".repeat(100)));
    try {
      assertThatThrownBy(() -> PrivateSocket.openUnder(deeper, OptionalInt.empty()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("java.io.tmpdir");
      try (var left = Files.list(deeper)) {
        assertThat(left).isEmpty();
      }
    } finally {
      Files.delete(deeper);
      Files.delete(deep);
    }
  }
}
