package dev.forklab.fork.launch;

import java.io.File;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How to start a JVM: which `java`, its flags, its classes, its environment. Immutable.
public final class JavaCommand {

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

  /// Where a collector may be chosen unseen.
  private static final List<String> FILES_OF_FLAGS =
      List.of("-XX:Flags=", "-XX:VMOptionsFile=", "@");

  /// An archive that does not fit is no matter to talk about.
  private static final String SILENTLY = "-Xlog:aot*=off";

  /// How much longer a method waits for its next compiler that the rehearsal knew, but did not
  /// bring as far as the best one: by default 100 and 250 times as many calls as without an
  /// archive, and AES at a tenth of its speed for minutes was seen of it. At 10, what is called a
  /// few times stays where it is, as the default means it to, and what is called for each task does
  /// not. Of JDK 25; others may not know the flags.
  private static final List<String> WAITS =
      List.of(
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:Tier0ProfileDelayFactor=10",
          "-XX:Tier2ProfileDelayFactor=10");

  private static final long SMALLEST_HEAP = 2 << 20;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,7})([kmgt])|(\\d{1,18})");
  private static final String UNITS = "kmgt";

  private static final int KNOWS_WAITS = 25;

  private final Path java;
  private final List<String> jvmArgs;
  private final ClassSource classes;
  private final StartArchive archive;
  private final Optional<Map<String, String>> environment;

  JavaCommand(
      Path java,
      List<String> jvmArgs,
      ClassSource classes,
      StartArchive archive,
      Optional<Map<String, String>> environment) {
    this.java = java;
    this.jvmArgs = List.copyOf(jvmArgs);
    this.classes = classes;
    this.archive = archive;
    this.environment = environment.map(Map::copyOf);
  }

  /// This JVM's own `java` and classes (its class path or module path, the Spring Boot jar, or what
  /// the class loaders of a build tool name), no flags.
  ///
  /// @throws IllegalStateException if it cannot be told where the classes are; the message says
  ///   what to give
  public static JavaCommand ofThisJvm() {
    return ofThisJvm(null);
  }

  /// The same with the classes of this loader, where that can be told.
  public static JavaCommand ofThisJvm(@Nullable ClassLoader loader) {
    return of(OwnClasses.find(loader));
  }

  /// This JVM's own `java` with this class path, no flags. This library and what it needs must be
  /// on it.
  public static JavaCommand ofClassPath(String path) {
    return of(new ClassSource.OnClassPath(path));
  }

  private static JavaCommand of(ClassSource classes) {
    return new JavaCommand(ownJava(), List.of(), classes, StartArchive.ofUser(), Optional.empty());
  }

  /// The launcher.
  public Path java() {
    return java;
  }

  /// Its flags, as given.
  public List<String> jvmArgs() {
    return jvmArgs;
  }

  /// Where it finds classes, as `-cp` takes it.
  public String classPath() {
    return classes.path();
  }

  /// Its environment: as given, or this process's own without what two JVMs cannot share (the
  /// debugger's port and the like that `JAVA_TOOL_OPTIONS` would have the child open as well).
  public Map<String, String> environment() {
    return environment.orElseGet(JavaCommand::inheritedEnvironment);
  }

  public static Map<String, String> inheritedEnvironment() {
    return Inheritance.environment(System.getenv());
  }

  public JavaCommand withJvmArgs(List<String> args) {
    return new JavaCommand(java, args, classes, archive, environment);
  }

  /// The same with this launcher.
  public JavaCommand withLauncher(Path launcher) {
    return new JavaCommand(launcher, jvmArgs, classes, archive, environment);
  }

  /// This JVM's own flags, without what two processes cannot share.
  public static List<String> inheritedFlags() {
    return Inheritance.flags();
  }

  /// The same with these flags behind those that it has, and so in force.
  public JavaCommand and(List<String> flags) {
    return withJvmArgs(Stream.concat(jvmArgs.stream(), flags.stream()).toList());
  }

  /// The same whose heap grows to at most so many bytes (`-Xmx`), from 2 MiB.
  public JavaCommand withHeapLimit(long bytes) {
    return and(List.of(heapLimit(bytes)));
  }

  /// The same with the limit as `java` takes it: `"256m"`.
  public JavaCommand withHeapLimit(String size) {
    return withHeapLimit(bytesOf(size));
  }

  /// How many bytes a size is that is written as `java` takes it.
  ///
  /// @throws IllegalArgumentException if it is not a size
  public static long bytesOf(String size) {
    Matcher matcher = SIZE.matcher(size.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a size such as 256m, 2g or 1048576, found '" + size + "'");
    }
    return matcher.group(3) != null
        ? Long.parseLong(matcher.group(3))
        : Long.parseLong(matcher.group(1)) << (10 * (1 + UNITS.indexOf(matcher.group(2))));
  }

  public static String heapLimit(long bytes) {
    if (bytes < SMALLEST_HEAP) {
      throw new IllegalArgumentException(
          "expected a heap of at least " + SMALLEST_HEAP + " bytes, found " + bytes);
    }
    return "-Xmx" + bytes;
  }

  /// The same that ends with code 3, or goes on, when its heap is exhausted
  /// (`-XX:+ExitOnOutOfMemoryError`): code that is cut short anywhere may have left anything.
  public JavaCommand withExitOnOutOfMemory(boolean exits) {
    return and(List.of(exitOnOutOfMemory(exits)));
  }

  public static String exitOnOutOfMemory(boolean exits) {
    return "-XX:" + (exits ? "+" : "-") + "ExitOnOutOfMemoryError";
  }

  public JavaCommand withClassPath(String path) {
    return new JavaCommand(java, jvmArgs, new ClassSource.OnClassPath(path), archive, environment);
  }

  /// In words, which of its files are not there now, `java` or on the class path; empty if all are.
  public String whatIsMissing() {
    return Stream.concat(
            Stream.of(java.toString()), Stream.of(classPath().split(File.pathSeparator, -1)))
        .filter(file -> !file.endsWith("*") && !Files.exists(Path.of(file)))
        .reduce((first, second) -> first + ", " + second)
        .map(files -> "; not there now: " + files)
        .orElse("");
  }

  /// The same with its archives elsewhere, or none.
  public JavaCommand withArchive(StartArchive where) {
    return new JavaCommand(java, jvmArgs, classes, where, environment);
  }

  /// The same with all of its environment given, in place of this process's own.
  public JavaCommand withEnvironment(Map<String, String> variables) {
    return new JavaCommand(java, jvmArgs, classes, archive, Optional.of(variables));
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
  public JavaCommand behind(Path entry) {
    return new JavaCommand(
        java, jvmArgs, classes.behind(entry.toAbsolutePath().toString()), archive, environment);
  }

  /// With this class's package open to this library, where both are in modules: its `main` may be
  /// as hidden as `java` itself allows.
  public JavaCommand opening(String mainClass) {
    return classes.opening(mainClass).map(flag -> and(List.of(flag))).orElse(this);
  }

  /// The command line of a lean child that runs this main class of ours.
  ///
  /// @param part as in [#prepare]
  public List<String> leanCommand(Class<?> mainClass, String part, List<String> args) {
    return leanArchived(mainClass, part).command(mainClass.getName(), args);
  }

  /// [#leanCommand(Class, String, List)] as long as it takes; see [#command(String, List, Path)].
  public List<String> leanCommand(Class<?> mainClass, String part, List<String> args, Path socket)
      throws IOException {
    return leanArchived(mainClass, part).command(mainClass.getName(), args, socket);
  }

  /// That of a lean child that runs this main class of ours, with its archive if that is there.
  public JavaCommand leanArchived(Class<?> mainClass, String part) {
    return lean().archived(archiveName(mainClass, part));
  }

  /// Whether the system would not take its options as words: see [#command(String, List, Path)].
  public boolean needsFile() {
    return ArgumentFile.needs(options());
  }

  /// The whole command line.
  public List<String> command(String mainClass, List<String> args) {
    return command(options(), mainClass, args);
  }

  /// The whole command line for a child that connects to this socket. The system takes no word of
  /// more than 128 KiB: then `java` reads its options from a file beside the socket, which goes
  /// when that does.
  public List<String> command(String mainClass, List<String> args, Path socket) throws IOException {
    List<String> options = options();
    return command(
        ArgumentFile.needs(options) ? ArgumentFile.beside(socket, options) : options,
        mainClass,
        args);
  }

  private List<String> options() {
    return Stream.of(jvmArgs, classes.options()).flatMap(List::stream).toList();
  }

  private List<String> command(List<String> options, String mainClass, List<String> args) {
    return Stream.of(List.of(java.toString()), options, classes.main(mainClass), args)
        .flatMap(List::stream)
        .toList();
  }

  /// The same with the flags of a lean child in front, so that those given win. A collector is left
  /// to those given and to the child's environment: a JVM that is told two of them does not start.
  JavaCommand lean() {
    List<String> flags = new ArrayList<>();
    if (Stream.concat(
            jvmArgs.stream(), Inheritance.variableFlags(environment.orElseGet(System::getenv)))
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
        .usable(this, name)
        .map(file ->
            withJvmArgs(
                Stream.of(
                        List.of("-XX:AOTCache=" + file, SILENTLY),
                        knowsWaits() ? WAITS : List.<String>of(),
                        jvmArgs)
                    .flatMap(List::stream)
                    .toList()))
        .orElse(this);
  }

  private boolean knowsWaits() {
    return Runtime.version().feature() == KNOWS_WAITS && java.equals(ownJava());
  }

  private static boolean choosesCollector(String flag) {
    return (flag.startsWith("-XX:+Use") && flag.endsWith("GC"))
        || FILES_OF_FLAGS.stream().anyMatch(flag::startsWith);
  }
}
