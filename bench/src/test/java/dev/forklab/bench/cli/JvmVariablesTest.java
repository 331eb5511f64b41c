package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JvmVariablesTest {

  @TempDir private Path home = Path.of("");

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "starts the lab with env")
  void theLabDoesNotStartWithFlagsOfItsEnvironment() throws Exception {
    try (LabProcess lab = LabProcess.start(home, Map.of("_JAVA_OPTIONS", "-Xmx200m"), "plan")) {
      assertThat(lab.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(lab.out()).isEmpty();
      assertThat(lab.err().lines().filter(line -> !line.startsWith("Picked up")))
          .containsExactly(
              "lab: expected no _JAVA_OPTIONS in the environment, found '-Xmx200m', which would"
                  + " change the JVMs that are measured; unset it, or start with ./lab, which"
                  + " clears it");
    }
  }

  @Test
  void eachOfThemIsRefusedUnlessItIsEmpty() {
    for (String name : JvmVariables.NAMES) {
      assertThat(JvmVariables.refusal(Map.of(name, "-Xint\n -Dx")))
          .get()
          .asString()
          .contains(name, "'-Xint -Dx'");
      assertThat(JvmVariables.refusal(Map.of(name, " "))).isEmpty();
    }
    assertThat(JvmVariables.refusal(Map.of("CLASSPATH", "lib"))).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
  void theLauncherClearsTheSame() throws Exception {
    assertThat(Files.readString(Path.of("..", "lab")))
        .contains("jvm_variables=\"" + String.join(" ", JvmVariables.NAMES) + "\"");
  }
}
