package dev.forklab.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.peer.PeerRuntimes.Found;
import dev.forklab.results.Model;
import dev.forklab.results.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runtimes that are shell scripts: they say what a real one would.
class PeerRuntimesTest {

  @TempDir Path folder;

  private void runtime(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\nprintf '%s\\n' '" + String.join("' '", lines) + "'\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Found find(Model model, String workload) {
    return PeerRuntimes.on(folder.toString()).find(model, workload);
  }

  private String absent(Model model, String workload) {
    return find(model, workload) instanceof Found.Absent(String reason) ? reason : "it is there";
  }

  @Test
  void aRuntimeIsKnownByItsOwnExecutableAndVersion() throws Exception {
    runtime("node", "20.20.2", "/opt/node/bin/node", "");
    assertThat(find(Model.NODE, "seal"))
        .isEqualTo(new Found.Present(new Peer(Model.NODE, "/opt/node/bin/node", "20.20.2")));
  }

  @Test
  void whatIsNotOnThePathIsAbsent() {
    assertThat(absent(Model.NODE, "seal")).isEqualTo("no 'node' on the PATH");
    assertThat(absent(Model.PYTHON, "seal")).isEqualTo("no 'python3' on the PATH");
  }

  @Test
  void whatIsTooOldIsAbsent() throws Exception {
    runtime("node", "12.22.9", "/usr/bin/node", "");
    runtime("python3", "3.6.9", "/usr/bin/python3", "cipher");
    assertThat(absent(Model.NODE_THREADS, "seal"))
        .isEqualTo("expected Node 18 or newer, found 12.22.9");
    assertThat(absent(Model.PYTHON, "seal")).isEqualTo("expected Python 3.9 or newer, found 3.6.9");
  }

  @Test
  void whatDoesNotRunIsAbsent() throws Exception {
    runtime("node", "");
    Files.writeString(folder.resolve("node"), "#!/bin/sh\nexit 3\n");
    assertThat(absent(Model.NODE, "seal")).endsWith("node does not run");
  }

  @Test
  void pythonSealsOnlyWithACipher() throws Exception {
    runtime("python3", "3.11.7", "/usr/bin/python3", "");
    assertThat(absent(Model.PYTHON, "seal")).contains("has no AES of its own");
    assertThat(absent(Model.PYTHON, "triad")).contains("no arithmetic on whole arrays");
    assertThat(find(Model.PYTHON, "documents")).isInstanceOf(Found.Present.class);
  }

  @Test
  void aWorkloadOfTheUsersIsNotForPeers() throws Exception {
    runtime("node", "20.20.2", "/usr/bin/node", "");
    assertThat(absent(Model.NODE, "com.acme.Pricing"))
        .isEqualTo("the workload com.acme.Pricing is Java's alone");
  }
}
