package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.workload.Workload;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// Makes jars as a user would: from a source file, against nothing but the workload module.
public final class UserJar {

  private UserJar() {}

  /// A jar of one public class.
  public static Path of(Path directory, String className, String source) throws Exception {
    String simpleName = className.substring(className.lastIndexOf('.') + 1);
    Path file = directory.resolve(simpleName + ".java");
    Files.writeString(file, source);
    return of(directory, file);
  }

  /// A jar of a source file that lies elsewhere.
  public static Path of(Path directory, Path source) throws IOException, URISyntaxException {
    Path classes = Files.createTempDirectory(directory, "classes");
    Path workload =
        Path.of(Workload.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of("-d", classes.toString(), "-cp", workload.toString(), "-proc:none"),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(complaints.toString()).isTrue();
    }
    Path jar = directory.resolve(source.getFileName() + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> found = Files.walk(classes)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        entries.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }
}
