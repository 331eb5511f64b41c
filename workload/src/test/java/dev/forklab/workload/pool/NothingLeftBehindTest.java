package dev.forklab.workload.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The check itself sees what it is there to see.
class NothingLeftBehindTest {

  private final Path directory;
  private final NothingLeftBehind nothing;

  NothingLeftBehindTest(@TempDir Path watched) {
    this.directory = watched;
    this.nothing = NothingLeftBehind.watching(watched);
  }

  @Test
  void threadsOfBothKindsAreSeenUntilTheyEnd() throws Exception {
    nothing.remember();
    CountDownLatch end = new CountDownLatch(1);
    Runnable body =
        () -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Thread platform = Thread.ofPlatform().name("left platform").start(body);
    Thread virtual = Thread.ofVirtual().name("left virtual").start(body);
    assertThat(nothing.leftBehind())
        .anyMatch(left -> left.contains("'left platform'"))
        .anyMatch(left -> left.contains("'left virtual'"));
    end.countDown();
    platform.join();
    virtual.join();
    Awaiting.until("all gone", () -> nothing.leftBehind().isEmpty());
  }

  @Test
  void childrenSocketsAndFilesAreSeenUntilTheyAreGone() throws Exception {
    nothing.remember();
    Path file = Files.createFile(directory.resolve("left"));
    Process child = new ProcessBuilder("cat").start();
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    assertThat(nothing.leftBehind())
        .contains("file " + file, "process " + child.pid())
        .anyMatch(left -> left.startsWith("descriptor of socket:"));
    socket.close();
    Files.delete(file);
    child.destroyForcibly().waitFor();
    Awaiting.until("all gone", () -> nothing.leftBehind().isEmpty());
  }
}
