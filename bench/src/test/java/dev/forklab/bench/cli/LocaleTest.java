package dev.forklab.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A decimal comma, other digits, and an `i` whose capital is not `I`.
class LocaleTest {

  @ParameterizedTest
  @CsvSource({"de, DE", "ar, EG", "tr, TR"})
  void theLabReadsAndSaysTheSameWhateverTheUsersLanguage(String language, String country)
      throws Exception {
    assertThat(plan(language, country)).contains("models", "fork").isEqualTo(plan("en", "US"));
  }

  /// What `lab plan` prints, to both of its streams.
  private static String plan(String language, String country)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Duser.language=" + language, "-Duser.country=" + country));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dstdout.encoding=UTF-8"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Lab.class.getName()));
    command.addAll(List.of("plan", "--seed", "1", "--models", "fork,inline", "--task", "1500us"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    JvmVariables.NAMES.forEach(builder.environment()::remove);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
