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
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.OptionalInt;
import jdk.net.ExtendedSocketOptions;

/// A listening socket that only one user's processes can reach, for the moment in which one child
/// connects.
///
/// The file lies in a directory of its own that only the user can open (mode 0700, a random name);
/// that of a child of another user stays this process's, and lets that user through to its socket
/// (0711, the socket 0600). The peer's user is checked again when it connects (`SO_PEERCRED`, where
/// the system has it), and who accepts asks whether it is the child. Once that has connected,
/// [#close] removes both: nothing is left on disk however the parent ends, but for a child of
/// another user whose parent is killed before.
///
/// One thread accepts and closes; any may say [#childIsGone].
public final class PrivateSocket implements AutoCloseable {

  // sockaddr_un.sun_path holds 108 bytes on Linux, 104 on the BSDs and macOS, with the final NUL.
  private static final int MAX_PATH_BYTES = 103;

  /// A program on the module path, or one that limits its modules, need not have it.
  private static final boolean HAS_CREDENTIALS =
      ModuleLayer.boot().findModule("jdk.net").isPresent();

  private static final String PREFIX = "fk";
  private static final String FILE = "s";
  private static final String ARGUMENTS = "a";

  private final Path file;
  private final ServerSocketChannel server;
  private final Selector selector;
  private final UserPrincipal owner;
  // Written by any thread, then the selector is woken; read by the one that accepts.
  private volatile boolean childIsGone;

  private PrivateSocket(
      Path file, ServerSocketChannel server, Selector selector, UserPrincipal owner) {
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
          give(directory, file, user.getAsInt());
        }
        server.configureBlocking(false);
        UserPrincipal owner = Files.getOwner(file);
        Selector selector = server.provider().openSelector();
        server.register(selector, SelectionKey.OP_ACCEPT);
        return new PrivateSocket(file, server, selector, owner);
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

  /// The socket becomes that user's. The directory stays ours: who owned it could put another in
  /// its place, and have us remove a file there.
  private static void give(Path directory, Path file, int user) throws IOException {
    if (!Files.getAttribute(file, "unix:uid").equals(user)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      Files.setAttribute(file, "unix:uid", user);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  private static void requireShort(Path file) throws IOException {
    int length = file.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    if (length > MAX_PATH_BYTES) {
      throw new IOException(
          "expected a socket path of at most %s bytes, found %s: %s; set java.io.tmpdir to a shorter directory"
              .formatted(MAX_PATH_BYTES, length, file));
    }
  }

  /// Writes a file for the child beside its socket; it goes when the socket does.
  public static Path writeBeside(Path socket, byte[] content) throws IOException {
    Path written =
        Files.write(socket.resolveSibling(ARGUMENTS), content, StandardOpenOption.CREATE_NEW);
    return Files.setOwner(written, Files.getOwner(socket));
  }

  /// Removes what a parent left that was killed before its child could connect. For that child.
  static void removeAbandoned(Path file) throws IOException {
    Path directory = file.resolve("..").normalize();
    if (!Files.isSymbolicLink(directory)) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.resolveSibling(ARGUMENTS));
    }
    Files.deleteIfExists(directory);
  }

  /// Where the child connects.
  public Path file() {
    return file;
  }

  /// [#accept(PeerCheck)] of any process of this user.
  public SocketChannel accept() throws IOException {
    return accept(_ -> true);
  }

  /// Waits for the child's next connection; another user's or another process's is closed. A child
  /// that is gone may have connected before: that is accepted all the same.
  ///
  /// @param child whether it is who made the connections accepted here and not closed
  /// @throws EOFException if the child ended before it connected
  /// @throws IOException if nothing more can be accepted
  public SocketChannel accept(PeerCheck child) throws IOException {
    while (true) {
      SocketChannel socket = next();
      try {
        if (isOwners(socket) && child.isPeerAt(file)) {
          return socket;
        }
      } catch (IOException e) {
        socket.close(); // So that the child ends.
        throw e;
      }
      socket.close();
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

  private boolean isOwners(SocketChannel socket) throws IOException {
    return !HAS_CREDENTIALS // The directory's mode alone protects the socket then.
        || !socket.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)
        || socket.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner);
  }

  /// Stops listening and removes the file and its directory. Connections accepted stay.
  @Override
  public void close() throws IOException {
    try (server;
        selector) {
      remove();
    }
  }

  private void remove() {
    try {
      removeAbandoned(file);
    } catch (IOException _) {
      // The child put something there, say: a directory where nobody listens is no reason to fail.
    }
  }
}
