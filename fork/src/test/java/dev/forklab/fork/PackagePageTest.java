package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the packages' pages show works when it is copied: exactly that text is compiled and run.
@Timeout(90)
class PackagePageTest {

  private static final Path PAGES = Path.of("src/main/java/dev/forklab/fork");
  private static final Path ROOT = Path.of("..");
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("class (\\w+)");

  /// The sources on a page, each in a file that is named as its first class.
  private static List<Path> sources(Path page, Path into) throws Exception {
    String text =
        Files.readString(page)
            .lines()
            .map(line -> line.replaceFirst("^/// ?", ""))
            .collect(Collectors.joining("\n"));
    List<Path> sources = new ArrayList<>();
    for (Matcher code = CODE.matcher(text); code.find(); ) {
      Matcher named = CLASS.matcher(code.group(1));
      assertThat(named.find()).isTrue();
      sources.add(Files.writeString(into.resolve(named.group(1) + ".java"), code.group(1)));
    }
    return sources;
  }

  @ParameterizedTest
  @CsvSource({
    "package-info.java, Hello, child says: hello world",
    "pool/package-info.java, Primes, primes below 1000: 168",
    "cluster/package-info.java, Greeting, hello",
    "docs/cluster.md, Service, hello",
    "README.md, Shout, HELLO"
  })
  void whatAPageShowsWorksWhenCopied(
      String page, String mainClass, String prints, @TempDir Path directory) throws Exception {
    String classPath = System.getProperty("java.class.path");
    List<String> arguments =
        new ArrayList<>(List.of("-Xlint:all", "-Werror", "-proc:none", "-cp", classPath));
    arguments.addAll(List.of("-d", directory.toString()));
    Path source = page.endsWith(".md") ? ROOT.resolve(page) : PAGES.resolve(page);
    sources(source, directory).forEach(file -> arguments.add(file.toString()));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(failed).isZero();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                directory + System.getProperty("path.separator") + classPath,
                mainClass)
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualToIgnoringNewLines(prints);
    assertThat(process.waitFor()).isZero();
  }
}
