package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.fork.program.Program;
import dev.forklab.fork.program.ThroughLoader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

/// Wherever a JVM may have found its classes, its children find them too, or are told to be given
/// them.
@Timeout(90)
@ExtendWith(NothingLeft.class)
class ClassPathsTest {

  private static final String PROGRAM = Program.class.getName();
  private static final String WORKS = "child: hello\nreply: 8\n";

  @TempDir private Path directory = Path.of("");

  @Test
  void aSpringBootJarWithJarsInItForksAndHasAPool() throws Exception {
    assertThat(java("-jar", bootJar().toString())).isEqualTo(WORKS);
  }

  @Test
  void aProgramOnTheModulePathForksItsModules() throws Exception {
    List<Path> modules = new ArrayList<>(Jars.of(directory, ClassPathsTest::isNeeded));
    modules.add(programAsModule(Jars.join(modules)));
    assertThat(java("-p", Jars.join(modules), "-m", "program/" + PROGRAM)).isEqualTo(WORKS);
  }

  /// A module that needs this library's and says no more than it must.
  private Path programAsModule(String modulePath) throws Exception {
    Path classes = Files.createDirectory(directory.resolve("program"));
    Path unpacked = Path.of(Program.class.getPackageName().replace('.', '/'));
    Path into = Files.createDirectories(classes.resolve(unpacked));
    try (Stream<Path> files = Files.list(testClasses().resolve(unpacked))) {
      for (Path file : files.toList()) {
        Files.copy(file, into.resolve(file.getFileName()));
      }
    }
    Path descriptor = classes.resolve("module-info.java");
    Files.writeString(
        descriptor,
        """
        module program {
          requires dev.forklab.fork;
          opens dev.forklab.fork.program;
        }
        """);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-p",
                modulePath,
                "-d",
                classes.toString(),
                descriptor.toString());
    assertThat(failed).isZero();
    Path jar = directory.resolve("program-as-module.jar");
    Jars.pack(classes, classes, jar);
    return jar;
  }

  @Test
  void aProgramThatLimitsItsModulesNeedsNoneOfTheJdksOwn() throws Exception {
    assertThat(java("--limit-modules", "java.base,java.management", "-cp", classPath(), PROGRAM))
        .isEqualTo(WORKS);
  }

  @Test
  void aProgramInAClassLoaderOfABuildToolForks() throws Exception {
    Path tool = directory.resolve("tool.jar");
    Path classes = testClasses();
    Jars.pack(
        classes, classes.resolve(ThroughLoader.class.getName().replace('.', '/') + ".class"), tool);
    List<String> command =
        new ArrayList<>(List.of("-cp", tool.toString(), ThroughLoader.class.getName(), PROGRAM));
    command.addAll(List.of(classPath().split(File.pathSeparator, -1)));
    assertThat(java(command.toArray(String[]::new))).isEqualTo(WORKS);
  }

  @Test
  void aClassThatJavaCompiledIntoMemoryIsRefusedInASentenceThatSaysWhatToGive() throws Exception {
    Path source = directory.resolve("Hello.java");
    Files.writeString(
        source,
        """
        import dev.forklab.fork.*;
        class Hello {
          public static void main(String[] args) {
            try {
              Fork.fork(Hello.class);
            } catch (IllegalStateException e) {
              System.out.println(e.getMessage());
            }
          }
        }
        """);
    assertThat(java("-cp", classPath(), source.toString()))
        .contains("java Hello.java", "ForkOptions.classPath");
  }

  @Test
  void aClassPathLongerThanOneWordOfACommandMayBeIsPassedOn() throws Exception {
    String padding =
        IntStream.range(0, 1500)
            .mapToObj(i -> directory.resolve("x".repeat(80) + i + ".jar").toString())
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(padding).hasSizeGreaterThan(130_000);
    Path file = directory.resolve("arguments");
    Files.writeString(file, "-cp \"%s\"".formatted(padding + File.pathSeparator + classPath()));
    assertThat(java("@" + file, PROGRAM)).isEqualTo(WORKS);
  }

  /// What a JVM with these arguments prints.
  private static String java(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.ownJava().toString());
    command.add("-Xlog:disable");
    command.add("-Xlog:all=warning:stderr");
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), UTF_8);
    } finally {
      process.waitFor();
    }
  }

  private String classPath() throws Exception {
    List<Path> jars = new ArrayList<>(Jars.of(directory, ClassPathsTest::isNeeded));
    jars.add(program());
    return Jars.join(jars);
  }

  /// Of this build's class path, without its tests.
  private static boolean isNeeded(String entry) {
    return !entry.contains("test")
        && Stream.of("/fork/", "jackson", "jspecify").anyMatch(entry::contains);
  }

  private Path program() throws Exception {
    Path jar = directory.resolve("program.jar");
    Path classes = testClasses();
    Jars.pack(classes, classes.resolve(Program.class.getPackageName().replace('.', '/')), jar);
    return jar;
  }

  private static Path testClasses() throws URISyntaxException {
    return Path.of(
        ClassPathsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /// As Spring Boot's Maven plugin packs one: its loader unpacked, each jar stored as it is.
  private Path bootJar() throws Exception {
    Path jar = directory.resolve("app.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, JarLauncher.class.getName());
    manifest.getMainAttributes().putValue("Start-Class", PROGRAM);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        JarFile loader =
            new JarFile(
                Path.of(
                        JarLauncher.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toFile())) {
      for (ZipEntry entry : loader.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        try (InputStream in = loader.getInputStream(entry)) {
          store(out, entry.getName(), in.readAllBytes());
        }
      }
      for (String each : classPath().split(File.pathSeparator, -1)) {
        Path library = Path.of(each);
        store(out, "BOOT-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
      }
    }
    return jar;
  }

  private static void store(JarOutputStream out, String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }
}
