package dev.forklab.fork.channel;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.OptionalInt;
import jdk.net.ExtendedSocketOptions;

/// A listening socket that only one user's processes can reach, for the moment in which one child
/// connects.
///
/// The file lies in a directory of its own that only the user can open (mode 0700, a random name);
/// the peer's user is checked again when it connects (`SO_PEERCRED`, where the system has it). Once
/// the child has connected, [#close] removes both: nothing is left on disk however the parent ends.
///
/// One thread accepts and closes; any may say [#childIsGone].
public final class PrivateSocket implements AutoCloseable {

  // sockaddr_un.sun_path holds 108 bytes on Linux, 104 on the BSDs and macOS, with the final NUL.
  private static final int MAX_PATH_BYTES = 103;
  private static final String PREFIX = "fk";
  private static final String FILE = "s";

  private final Path directory;
  private final Path file;
  private final ServerSocketChannel server;
  private final Selector selector;
  private final UserPrincipal owner;
  // Written by any thread, then the selector is woken; read by the one that accepts.
  private volatile boolean childIsGone;

  private PrivateSocket(
      Path directory,
      Path file,
      ServerSocketChannel server,
      Selector selector,
      UserPrincipal owner) {
    this.directory = directory;
    this.file = file;
    this.server = server;
    this.selector = selector;
    this.owner = owner;
  }

  /// A new socket under `java.io.tmpdir`.
  ///
  /// @param user whose processes can reach it; empty for this process's own
  public static PrivateSocket open(OptionalInt user) throws IOException {
    return openUnder(Path.of(System.getProperty("java.io.tmpdir")), user);
  }

  static PrivateSocket openUnder(Path parent, OptionalInt user) throws IOException {
    Path directory =
        Files.createTempDirectory(
            parent,
            PREFIX + ProcessHandle.current().pid() + "-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = directory.resolve(FILE).toAbsolutePath();
    try {
      requireShort(file);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(file));
        if (user.isPresent()) {
          Files.setAttribute(file, "unix:uid", user.getAsInt());
          Files.setAttribute(directory, "unix:uid", user.getAsInt());
        }
        server.configureBlocking(false);
        UserPrincipal owner = Files.getOwner(directory);
        Selector selector = server.provider().openSelector();
        server.register(selector, SelectionKey.OP_ACCEPT);
        return new PrivateSocket(directory, file, server, selector, owner);
      } catch (IOException | RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
      throw e;
    }
  }

  private static void requireShort(Path file) throws IOException {
    int length = file.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    if (length > MAX_PATH_BYTES) {
      throw new IOException(
          "expected a socket path of at most %d bytes, found %d: %s; set java.io.tmpdir to a shorter directory"
              .formatted(MAX_PATH_BYTES, length, file));
    }
  }

  /// Removes what a parent left that was killed before its child could connect. For that child.
  static void removeAbandoned(Path file) throws IOException {
    Files.deleteIfExists(file);
    Path directory = file.getParent();
    if (directory != null) {
      Files.deleteIfExists(directory);
    }
  }

  /// Where the child connects.
  public Path file() {
    return file;
  }

  /// Waits for the next connection of this user. A child that is gone may have connected before:
  /// that is accepted all the same.
  ///
  /// @throws EOFException if the child ended before it connected
  /// @throws IOException if the peer is another user's, or nothing more can be accepted
  public SocketChannel accept() throws IOException {
    SocketChannel socket = next();
    try {
      requireOwner(socket);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private SocketChannel next() throws IOException {
    while (true) {
      boolean isLast = childIsGone; // Before the look: what it made is there by now.
      SocketChannel socket = server.accept();
      if (socket != null) {
        return socket;
      }
      if (isLast) {
        throw new EOFException("expected the child to connect, but it ended before");
      }
      selector.select();
      selector.selectedKeys().clear();
    }
  }

  /// The child has ended: what it did not connect by now, it never will. Ends an [#accept] that
  /// waits.
  public void childIsGone() {
    childIsGone = true;
    selector.wakeup();
  }

  private void requireOwner(SocketChannel socket) throws IOException {
    if (!socket.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
      return; // The directory's mode alone protects the socket then.
    }
    UserPrincipal peer = socket.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    if (!peer.equals(owner)) {
      throw new IOException("expected a peer of the user " + owner + ", found one of " + peer);
    }
  }

  /// Stops listening and removes the file and its directory. Connections accepted stay.
  @Override
  public void close() throws IOException {
    try (server;
        selector) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    }
  }
}
