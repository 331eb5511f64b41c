package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the package's page shows works when it is copied: exactly that text is compiled and run.
@Timeout(90)
class PackagePageTest {

  private static final Path PAGE = Path.of("src/main/java/dev/forklab/fork/package-info.java");
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static String code() throws Exception {
    String page =
        Files.readString(PAGE)
            .lines()
            .map(line -> line.replaceFirst("^/// ?", ""))
            .collect(Collectors.joining("\n"));
    Matcher code = CODE.matcher(page);
    assertThat(code.find()).isTrue();
    return code.group(1);
  }

  @Test
  void theParentAndTheChildOfThePageWorkWhenCopied(@TempDir Path directory) throws Exception {
    Path source = Files.writeString(directory.resolve("Hello.java"), code());
    String classPath = System.getProperty("java.class.path");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                directory.toString(),
                source.toString());
    assertThat(failed).isZero();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                directory + System.getProperty("path.separator") + classPath,
                "Hello")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualToIgnoringNewLines("child says: hello world");
    assertThat(process.waitFor()).isZero();
  }
}
