package dev.forklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LabLockTest {

  @TempDir Path directory;

  @Test
  void oneLabHoldsItUntilItEnds() throws Exception {
    Path file = directory.resolve("lock");
    Optional<LabLock> first = LabLock.tryAcquire(file);
    assertThat(first).isPresent();
    assertThat(LabLock.tryAcquire(file)).isEmpty();
    first.orElseThrow().close();
    try (LabLock again = LabLock.tryAcquire(file).orElseThrow()) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path target = Files.createFile(directory.resolve("target"));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
    refused(Files.createSymbolicLink(directory.resolve("link"), target));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
  }

  @Test
  void aLinkToNothingMakesNothing() throws Exception {
    Path target = directory.resolve("nothing");
    refused(Files.createSymbolicLink(directory.resolve("dangling"), target));
    assertThat(Files.exists(target, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void aPipeIsNotWaitedFor() throws Exception {
    Path pipe = directory.resolve("pipe");
    int code = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    assertThat(code).isZero();
    refused(pipe);
  }

  private static void refused(Path file) {
    assertThatThrownBy(() -> LabLock.tryAcquire(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("remove it");
  }
}
