package dev.forklab.fork;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How to start a JVM: which `java`, its flags, its class path.
///
/// @param java the launcher
/// @param jvmArgs its flags, as given
/// @param classPath where it finds classes, as `-cp` takes it
/// @param archive where archives lie that let it start faster
public record JavaCommand(Path java, List<String> jvmArgs, String classPath, StartArchive archive) {

  /// What makes a short-lived, single-threaded child cheap: the collector with the least memory and
  /// the fewest threads, and no file in the system's temporary directory that a kill would leave.
  private static final String LEAN_COLLECTOR = "-XX:+UseSerialGC";

  private static final String NO_PERF_FILE = "-XX:-UsePerfData";

  /// Maps the JDK's archives at the address that they were made for, which keeps their pages shared
  /// among children; moved, they are each child's own (8 MiB of it).
  private static final List<String> ARCHIVES_IN_PLACE =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

  /// Names the provider of this JVM's own selectors: a child that has to look for one opens every
  /// jar of its class path before it can connect.
  private static final String SELECTORS = "-Djava.nio.channels.spi.SelectorProvider=";

  /// An archive that does not fit is no matter to talk about.
  private static final String SILENTLY = "-Xlog:aot*=off";

  public JavaCommand {
    jvmArgs = List.copyOf(jvmArgs);
    if (classPath.isBlank()) {
      throw new IllegalArgumentException("expected a class path, found a blank one");
    }
  }

  /// This JVM's own `java` and class path, no flags.
  public static JavaCommand ofThisJvm() {
    return new JavaCommand(ownJava(), List.of(), inheritedClassPath(), StartArchive.ofUser());
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

  /// This process's environment for a child: without the debugger's port and the like that its
  /// `JAVA_TOOL_OPTIONS` would have the child open as well.
  public static Map<String, String> inheritedEnvironment() {
    return Inheritance.environment(System.getenv());
  }

  public JavaCommand withJvmArgs(List<String> args) {
    return new JavaCommand(java, args, classPath, archive);
  }

  public JavaCommand withClassPath(String path) {
    return new JavaCommand(java, jvmArgs, path, archive);
  }

  /// The same with its archives elsewhere, or none.
  public JavaCommand withArchive(StartArchive where) {
    return new JavaCommand(java, jvmArgs, classPath, where);
  }

  /// Makes the [StartArchive] of lean children of this command that run `mainClass`, unless it is
  /// there. Blocks for some seconds.
  ///
  /// @param part which part of `mainClass` they use: each has an archive of its own
  /// @return whether there is one now
  public boolean prepare(Class<?> mainClass, String part, StartArchive.Rehearsal rehearsal)
      throws IOException, InterruptedException {
    return archive.make(lean(), archiveName(mainClass, part), rehearsal);
  }

  private static String archiveName(Class<?> mainClass, String part) {
    return mainClass.getName() + ' ' + part;
  }

  /// With this entry in front of the class path.
  JavaCommand onClassPath(Path entry) {
    return withClassPath(entry.toAbsolutePath() + System.getProperty("path.separator") + classPath);
  }

  /// The command line of a lean child that runs this main class of ours.
  ///
  /// @param part as in [#prepare]
  public List<String> leanCommand(Class<?> mainClass, String part, List<String> args) {
    return lean().archived(archiveName(mainClass, part)).command(mainClass.getName(), args);
  }

  /// The whole command line.
  public List<String> command(String mainClass, List<String> args) {
    return Stream.of(
            Stream.of(java.toString()),
            jvmArgs.stream(),
            Stream.of("-cp", classPath, mainClass),
            args.stream())
        .flatMap(part -> part)
        .toList();
  }

  private JavaCommand lean() {
    return lean(System.getenv());
  }

  /// The same with the flags of a lean child in front, so that those given win. A collector is left
  /// to those given and to the child's environment: a JVM that is told two of them does not start.
  JavaCommand lean(Map<String, String> environment) {
    List<String> flags = new ArrayList<>();
    if (Stream.concat(jvmArgs.stream(), Inheritance.variableFlags(environment))
        .noneMatch(JavaCommand::choosesCollector)) {
      flags.add(LEAN_COLLECTOR);
    }
    flags.add(NO_PERF_FILE);
    flags.addAll(ARCHIVES_IN_PLACE);
    selectors().ifPresent(flags::add);
    flags.addAll(jvmArgs);
    return withJvmArgs(flags);
  }

  /// Only of the same JDK: another may have none of that name.
  private Optional<String> selectors() {
    Class<?> provider = SelectorProvider.provider().getClass();
    boolean ofJdk = provider.getClassLoader() == null;
    return ofJdk && java.equals(ownJava())
        ? Optional.of(SELECTORS + provider.getName())
        : Optional.empty();
  }

  /// The launcher of the JDK that runs this.
  public static Path ownJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /// The same with its archive of this name, if that is there.
  JavaCommand archived(String name) {
    return archive
        .fileFor(this, name)
        .filter(Files::isReadable)
        .map(file ->
            withJvmArgs(
                Stream.concat(Stream.of("-XX:AOTCache=" + file, SILENTLY), jvmArgs.stream())
                    .toList()))
        .orElse(this);
  }

  private static boolean choosesCollector(String flag) {
    return flag.startsWith("-XX:+Use") && flag.endsWith("GC");
  }
}
