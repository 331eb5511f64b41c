package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Texts kept as files under `src/test/resources/golden`; `-Dgolden.update=true` writes them anew.
final class Golden {

  private static final Path FILES = Path.of("src/test/resources/golden");
  private static final Path FOUND = Path.of("target/golden");
  private static final String UPDATE = "golden.update";

  private Golden() {}

  /// Fails with the lines that differ if this is not the text of the golden file of this name.
  static void assertMatches(String name, String found) throws IOException {
    Path golden = FILES.resolve(name);
    if (Boolean.getBoolean(UPDATE)) {
      Files.createDirectories(FILES);
      Files.writeString(golden, found);
    }
    Files.createDirectories(FOUND);
    Path actual = Files.writeString(FOUND.resolve(name), found);
    assertThat(actual)
        .as("%s; if the change is intended: mvn -pl bench test -D%s=true", golden, UPDATE)
        .usingCharset(StandardCharsets.UTF_8)
        .hasSameTextualContentAs(golden, StandardCharsets.UTF_8);
  }
}
