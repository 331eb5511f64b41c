package dev.forklab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir Path directory;

  private Path file = Path.of("");
  private Path elsewhere = Path.of("");

  @BeforeEach
  void names() throws IOException {
    file = directory.resolve("report.html");
    elsewhere = Files.writeString(directory.resolve("elsewhere"), "precious");
  }

  @Test
  void itReplacesWhatIsThere() throws IOException {
    WholeFile.write(file, "old");
    WholeFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aLinkInItsPlaceIsReplacedAndNotWrittenThrough() throws IOException {
    Files.createSymbolicLink(file, elsewhere);
    WholeFile.write(file, "report");
    assertThat(elsewhere).hasContent("precious");
    assertThat(file).isRegularFile().hasContent("report");
    assertThat(Files.isSymbolicLink(file)).isFalse();
  }

  @Test
  void aLinkInThePlaceOfTheTemporaryFileIsNotWrittenThrough() throws IOException {
    Files.createSymbolicLink(directory.resolve("report.html.tmp"), elsewhere);
    WholeFile.write(file, "report");
    assertThat(elsewhere).hasContent("precious");
    assertThat(file).hasContent("report");
  }

  @Test
  void aDirectoryInItsPlaceIsAnErrorThatLeavesNothingBehind() throws IOException {
    Files.createDirectories(file.resolve("full"));
    assertThatThrownBy(() -> WholeFile.write(file, "report")).isInstanceOf(IOException.class);
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }
}
