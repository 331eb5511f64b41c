package dev.forklab.bench.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Calibration;
import dev.forklab.results.Host;
import dev.forklab.results.Plan.WorkloadJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCalibrationsTest {

  private static final Wanted WANTED = new Wanted(4096, 1_000_000);
  private static final Calibration SURE =
      new Calibration("seal", 4096, 1_000_000, 2060, 1_000_000, 0.01, null, 43_000);

  @TempDir private Path directory;

  @Test
  void whatWasFoundIsFoundAgainForTheSameMachineAndWorkOnly() throws Exception {
    KeptCalibrations.Key key = key("AMD", "seal", List.of());
    kept().keep(key, WANTED, SURE);
    assertThat(kept().find(key, WANTED)).contains(SURE);
    assertThat(kept().find(key, new Wanted(4096, 100_000))).isEmpty();
    assertThat(kept().find(key("Intel", "seal", List.of()), WANTED)).isEmpty();
    assertThat(kept().find(key("AMD", "triad", List.of()), WANTED)).isEmpty();
    assertThat(kept().find(key("AMD", "seal", List.of(new WorkloadJar("a.jar", "12"))), WANTED))
        .isEmpty();
  }

  @Test
  void whatIsTooUnsureIsNotKept() throws Exception {
    KeptCalibrations.Key key = key("AMD", "seal", List.of());
    kept()
        .keep(
            key,
            WANTED,
            new Calibration("seal", 4096, 1_000_000, 2060, 1_000_000, 0.2, null, 43_000));
    assertThat(kept().find(key, WANTED)).isEmpty();
  }

  @Test
  void aDamagedFileCountsAsNoneAndIsReplaced() throws Exception {
    KeptCalibrations.Key key = key("AMD", "seal", List.of());
    kept().keep(key, WANTED, SURE);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.writeString(file, "{ damaged");
      }
    }
    assertThat(kept().find(key, WANTED)).isEmpty();
    kept().keep(key, WANTED, SURE);
    assertThat(kept().find(key, WANTED)).contains(SURE);
  }

  private KeptCalibrations kept() {
    return KeptCalibrations.in(directory);
  }

  private static KeptCalibrations.Key key(String cpu, String workload, List<WorkloadJar> jars) {
    Host host = new Host("Linux", cpu, 2, 1L << 30, "Java 25", Map.of(), List.of());
    return new KeptCalibrations.Key(host, jars, workload, null);
  }
}
