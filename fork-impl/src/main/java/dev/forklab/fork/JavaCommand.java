package dev.forklab.fork;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How to start a JVM: which `java`, its flags, its class path.
///
/// @param java the launcher
/// @param jvmArgs its flags, as given
/// @param classPath where it finds classes, as `-cp` takes it
public record JavaCommand(Path java, List<String> jvmArgs, String classPath) {

  /// What makes a short-lived, single-threaded child cheap: the collector with the least memory and
  /// the fewest threads, and no file in the system's temporary directory that a kill would leave.
  private static final String LEAN_COLLECTOR = "-XX:+UseSerialGC";

  private static final String NO_PERF_FILE = "-XX:-UsePerfData";

  public JavaCommand {
    jvmArgs = List.copyOf(jvmArgs);
    if (classPath.isBlank()) {
      throw new IllegalArgumentException("expected a class path, found a blank one");
    }
  }

  /// This JVM's own `java` and class path, no flags.
  public static JavaCommand ofThisJvm() {
    return new JavaCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"), List.of(), inheritedClassPath());
  }

  /// This JVM's class path with absolute entries, and with this library on it.
  static String inheritedClassPath() {
    String separator = System.getProperty("path.separator");
    SequencedSet<String> entries =
        Arrays.stream(System.getProperty("java.class.path").split(separator))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    CodeSource ours = JavaCommand.class.getProtectionDomain().getCodeSource();
    if (ours != null && ours.getLocation() != null) {
      try {
        entries.add(Path.of(ours.getLocation().toURI()).toString());
      } catch (URISyntaxException e) {
        throw new IllegalStateException("expected this library in a file, found " + ours, e);
      }
    }
    return String.join(separator, entries);
  }

  public JavaCommand withJvmArgs(List<String> args) {
    return new JavaCommand(java, args, classPath);
  }

  public JavaCommand withClassPath(String path) {
    return new JavaCommand(java, jvmArgs, path);
  }

  /// With this entry in front of the class path.
  JavaCommand onClassPath(Path entry) {
    return withClassPath(entry.toAbsolutePath() + System.getProperty("path.separator") + classPath);
  }

  /// The command line of a lean child that runs this main class of ours.
  public List<String> leanCommand(Class<?> mainClass, List<String> args) {
    return lean().command(mainClass.getName(), args);
  }

  /// The whole command line.
  List<String> command(String mainClass, List<String> args) {
    return Stream.of(
            Stream.of(java.toString()),
            jvmArgs.stream(),
            Stream.of("-cp", classPath, mainClass),
            args.stream())
        .flatMap(part -> part)
        .toList();
  }

  /// The same with the flags of a lean child in front, so that those given win.
  JavaCommand lean() {
    List<String> flags = new ArrayList<>();
    if (jvmArgs.stream().noneMatch(JavaCommand::choosesCollector)) {
      flags.add(LEAN_COLLECTOR);
    }
    flags.add(NO_PERF_FILE);
    flags.addAll(jvmArgs);
    return withJvmArgs(flags);
  }

  private static boolean choosesCollector(String flag) {
    return flag.startsWith("-XX:+Use") && flag.endsWith("GC");
  }
}
