package dev.forklab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// After each test: no child, no thread of ours, no socket directory, no more descriptors than
/// before.
public final class NothingLeft implements BeforeEachCallback, AfterEachCallback {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private long sockets;

  // Ten seconds are little for several JVMs, one after the other, on a busy machine.
  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(45));
  }

  // The JDK opens a socket of its own with the first channel, to mark closed descriptors with.
  static {
    try {
      SocketChannel.open().close();
      SocketChannel.open(StandardProtocolFamily.UNIX).close();
      ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Fork.forkExecutable("true", ForkOptions.DEFAULT).closed().join();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    sockets = sockets();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    try {
      await().untilAsserted(this::assertNothingLeft);
    } finally {
      // One failed test must not fail those behind it.
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private void assertNothingLeft() throws IOException {
    assertThat(ProcessHandle.current().children().map(ProcessHandle::pid)).isEmpty();
    assertThat(threads()).isEmpty();
    assertThat(directories()).isEmpty();
    assertThat(sockets()).isLessThanOrEqualTo(sockets);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("fork-"))
        .toList();
  }

  private static List<Path> directories() throws IOException {
    try (Stream<Path> all = Files.list(TEMPORARY)) {
      return all.filter(NothingLeft::isOurs).toList();
    }
  }

  /// A directory for a socket, made by this process.
  private static boolean isOurs(Path path) {
    return path.getFileName().toString().startsWith("fk" + ProcessHandle.current().pid() + "-");
  }

  private static long sockets() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(Descriptor::isSocketOrPipe).count();
    }
  }
}
