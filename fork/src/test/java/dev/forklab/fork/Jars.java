package dev.forklab.fork;

import dev.forklab.fork.launch.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// This JVM's class path as jars: each directory on it is packed.
final class Jars {

  private Jars() {}

  /// All of it, as a class path.
  static String path(Path directory) throws IOException {
    return join(of(directory, _ -> true));
  }

  static String join(List<Path> jars) {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /// Those entries that fit; a directory's jar has the name of what it was built for.
  static List<Path> of(Path directory, Predicate<String> fits) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String entry : JavaCommand.ofThisJvm().classPath().split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (!fits.test(entry) || !Files.exists(from)) {
        continue;
      }
      if (Files.isDirectory(from)) {
        Path jar = directory.resolve(nameOf(from) + ".jar");
        pack(from, from, jar);
        jars.add(jar);
      } else {
        jars.add(from);
      }
    }
    return jars;
  }

  /// `fork-impl/target/test-classes`: fork-impl-test-classes.
  private static String nameOf(Path classes) {
    Path module = classes.resolve("../..").normalize().getFileName();
    return module + "-" + classes.getFileName();
  }

  /// Packs the files below a folder, named from a root above it.
  static void pack(Path root, Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(
            new JarEntry(root.relativize(each).toString().replace(File.separator, "/")));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
  }
}
