package dev.forklab.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.launch.StartArchive;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLauncherTest {

  @TempDir private Path directory = Path.of("");

  /// What the rehearsal makes, every trial must find.
  @Test
  void aServiceHasOneArchiveWhateverItsTrialItsWayAndItsTasks() throws Exception {
    Optional<Path> archive = archive("a", Model.THREADS, Way.PRODUCTION, 1);

    assertThat(archive).isPresent();
    assertThat(archive("b", Model.THREADS, Way.NAIVE, 20)).isEqualTo(archive);
    assertThat(archive("b", Model.VIRTUAL, Way.PRODUCTION, 1)).isNotEqualTo(archive);
  }

  private Optional<Path> archive(String trial, Model model, Way way, int iterations)
      throws IOException {
    Path jar = directory.resolve("service.jar");
    if (!Files.exists(jar)) {
      Files.createFile(jar);
    }
    ServiceSpec spec =
        ServiceSpec.of(
            FaultPlans.tiny().withIterations(iterations), directory.resolve(trial), model, way);
    try (JanitorProcess janitor = JanitorProcess.start()) {
      ServiceLauncher launcher =
          new ServiceLauncher(spec, spec.directory(), jar.toString(), janitor);
      return StartArchive.in(directory).fileFor(launcher.java(), launcher.archivePart());
    }
  }
}
