package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine without fonts, as slim containers are, made by hiding this one's from a child JVM.
final class NoFontTest {

  private static final long DEADLINE_SECONDS = 60;

  @TempDir Path directory;

  @Test
  void theReportIsWrittenWithoutPngAndSaysWhy() throws Exception {
    assumeTrue(
        System.getProperty("os.name").startsWith("Linux"),
        "fonts are hidden through fontconfig, which is only on Linux");
    Path empty =
        Files.writeString(directory.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig/>");
    Path run = Files.createDirectory(directory.resolve("run"));

    String said = writeInChildWith(empty, run);

    assertThat(said.lines())
        .singleElement()
        .asString()
        .startsWith("no PNG charts: Java found no font");
    assertThat(run.resolve("charts"))
        .isDirectoryContaining(file -> file.toString().endsWith(".svg"))
        .isDirectoryNotContaining(file -> file.toString().endsWith(".png"));
    assertThat(run.resolve("report.html"))
        .content(StandardCharsets.UTF_8)
        .contains("no PNG charts: Java found no font", "figure-throughput-by-workers");
    assertThat(run.resolve("results.csv")).isNotEmptyFile();
  }

  /// The child has a home of its own, since Java keeps what it once found of fonts there.
  private String writeInChildWith(Path fontConfiguration, Path run)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=true",
            "-Duser.home=" + directory,
            "-cp",
            System.getProperty("java.class.path"),
            NoFontMain.class.getName(),
            run.toString());
    builder.environment().put("FONTCONFIG_FILE", fontConfiguration.toString());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process child = builder.start();
    try {
      assertThat(child.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(output)).isNotEmpty();
      assertThat(child.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      child.destroyForcibly().waitFor();
    }
    return Files.readString(output);
  }
}
