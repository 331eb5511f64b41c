package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.fork.data.SpawnException;
import dev.forklab.fork.data.Stdio;
import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.fork.launch.RunAs;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@ExtendWith(NothingLeft.class)
class StartFailuresTest {

  private static SpawnException failure(String command, ForkOptions options) throws Exception {
    CompletableFuture<ForkError> error = new CompletableFuture<>();
    Fork.forkExecutable(command, options).onError(error::complete);
    return Objects.requireNonNull(
        (SpawnException) error.get(10, TimeUnit.SECONDS).getCause(), "a cause");
  }

  @Test
  void anErrorCarriesTheSystemsCodeAndWhatItIsAbout(@TempDir Path directory) throws Exception {
    SpawnException noCommand = failure("/no/such", ForkOptions.DEFAULT);
    assertThat(noCommand.code()).isEqualTo("ENOENT");
    assertThat(noCommand.errno()).isEqualTo(2);
    assertThat(noCommand.path()).isEqualTo("/no/such");

    SpawnException forbidden = failure("/etc/passwd", ForkOptions.DEFAULT);
    assertThat(forbidden.code()).isEqualTo("EACCES");

    Path gone = directory.resolve("gone");
    SpawnException noDirectory = failure("true", ForkOptions.builder().cwd(gone).build());
    assertThat(noDirectory.code()).isEqualTo("ENOENT");
    assertThat(noDirectory.path()).isEqualTo(gone.toString());
    assertThat(noDirectory).hasMessageContaining("true").hasMessageContaining(gone.toString());

    Path file = gone.resolve("out");
    SpawnException noFile =
        failure(
            "true",
            ForkOptions.builder().stdio(Stdio.IGNORE, Stdio.file(file), Stdio.IGNORE).build());
    assertThat(noFile.path()).isEqualTo(file.toString());
  }

  @Test
  void anEmptyDirectoryIsTheParentsAndATimeoutOfZeroIsNone() throws Exception {
    ForkOptions options =
        ForkOptions.builder().cwd(Path.of("")).timeout(Duration.ZERO).args("ready").build();
    ChildProcess child = Fork.fork(Children.Report.class, options);
    Events events = Events.of(child);
    assertThat(events.next())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("cwd", Path.of("").toAbsolutePath().toString());
    child.disconnect();
    assertThat(events.untilClosed().code()).hasValue(0);
    assertThatThrownBy(() -> ForkOptions.builder().timeout(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Asks to fork as root, and prints what came of it.
  static final class Pretender {
    static void main(String[] args) {
      try {
        Fork.forkExecutable("true", ForkOptions.builder().uid(0).build())
            .onError(error -> System.out.println("an event: " + error.getMessage()));
      } catch (SecurityException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void whoIsNotRootIsRefusedAnotherUserByASecurityException(@TempDir Path directory)
      throws Exception {
    assumeTrue(RunAs.ownUser() == 0, "only root can run a parent as somebody else");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<Path> jars = new ArrayList<>();
    for (Path jar : Jars.of(directory, entry -> !entry.endsWith("test-classes"))) {
      Path readable = directory.resolve("all-" + jar.getFileName());
      jars.add(Files.copy(jar, readable, StandardCopyOption.REPLACE_EXISTING));
    }
    Path tests = directory.resolve("tests.jar");
    Path classes =
        Path.of(
            StartFailuresTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Jars.pack(classes, classes.resolve("dev/forklab/fork"), tests);
    jars.add(tests);
    Process parent =
        new ProcessBuilder(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                JavaCommand.ownJava().toString(),
                "-Djava.io.tmpdir=/tmp",
                "-cp",
                Jars.join(jars),
                Pretender.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream out = parent.getInputStream()) {
      assertThat(new String(out.readAllBytes(), UTF_8))
          .startsWith("expected to be root")
          .contains("found user 65534");
    }
  }
}
