package dev.forklab.fork.launch;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a child's JVM takes over from this one: its flags and its environment, without what two
/// processes cannot share.
public final class Inheritance {

  /// What holds a port, or writes a file of this name, and what ends a JVM that asked for another
  /// purpose: agents (any may listen, and none says so), a management port, recordings, logs and
  /// archives. Node does the same with `--inspect`.
  private static final List<String> NOT_SHARED =
      List.of(
          "-javaagent:",
          "-agentlib:",
          "-agentpath:",
          "-Xrun",
          "-Xdebug",
          "-Dcom.sun.management.jmxremote",
          "-Dcom.sun.management.config.file",
          "-Dforklab.cluster",
          "-XX:StartFlightRecording",
          "-XX:FlightRecorderOptions",
          "-XX:AOTCacheOutput",
          "-XX:AOTMode",
          "-XX:AOTConfiguration",
          "-XX:ArchiveClassesAtExit",
          "-XX:+AutoCreateSharedArchive",
          "-XX:+RecordDynamicDumpInfo",
          "-XX:DumpLoadedClassList",
          "-XX:CRaCCheckpointTo",
          "-XX:+LogVMOutput",
          "-Xshare:dump");

  /// Flags that name a file to write, which two processes share only if each has its pid in it; or
  /// a directory.
  private static final List<String> OUTPUTS =
      List.of(
          "-Xloggc:",
          "-XX:LogFile=",
          "-XX:ErrorFile=",
          "-XX:HeapDumpPath=",
          "-XX:ReplayDataFile=",
          "-XX:TraceJVMTIFile=");

  /// Where the output stands in `-Xlog:what:output:decorators:options`.
  private static final Pattern LOG = Pattern.compile("-Xlog:[^:]*:(?<output>\"[^\"]*\"|[^:]*).*");

  private static final List<String> STANDARD_OUTPUTS = List.of("", "stdout", "stderr");

  /// Flags that name a file to read, or a list of them.
  private static final List<String> INPUTS =
      List.of(
          "-XX:Flags=",
          "-XX:AOTCache=",
          "-XX:SharedArchiveFile=",
          "-XX:CompilerDirectivesFile=",
          "-XX:CompileCommandFile=",
          "-Xbootclasspath/a:");

  /// Where every JVM finds flags beside its command line; they are among its own flags then.
  private static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /// A flag in a variable: up to a space that is not quoted.
  private static final Pattern FLAG = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")++");

  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

  private Inheritance() {}

  /// This JVM's flags for a child. Words that are none come from a file that `-XX:Flags` names,
  /// which the child reads too.
  public static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-") && isShared(flag))
        .map(Inheritance::wherever)
        .toList();
  }

  /// The same for a child in another directory.
  public static String wherever(String flag) {
    return INPUTS.stream()
        .filter(flag::startsWith)
        .findFirst()
        .map(name ->
            Stream.of(flag.substring(name.length()).split(File.pathSeparator))
                .map(file -> Path.of(file).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator, name, "")))
        .orElse(flag);
  }

  /// The flags that a JVM of this environment finds there.
  public static Stream<String> variableFlags(Map<String, String> environment) {
    return VARIABLES.stream()
        .flatMap(name -> flagsIn(environment.getOrDefault(name, "")))
        .map(Inheritance::unquoted);
  }

  /// This environment for a child.
  public static Map<String, String> environment(Map<String, String> own) {
    Map<String, String> environment = new HashMap<>(own);
    VARIABLES.forEach(name -> environment.computeIfPresent(name, (_, value) -> shared(value)));
    return environment;
  }

  /// As it was, if the child may have all of it.
  private static String shared(String value) {
    List<String> flags = flagsIn(value).toList();
    List<String> shared =
        flags.stream()
            .filter(flag -> isShared(unquoted(flag)))
            .map(flag -> QUOTED.matcher(flag).find() ? flag : wherever(flag))
            .toList();
    if (!shared.equals(flags)) {
      return String.join(" ", shared);
    }
    List<String> words = words(value).toList();
    List<String> absolute = words.stream().map(Inheritance::absolute).toList();
    return absolute.equals(words) ? value : String.join(" ", absolute);
  }

  private static boolean isFile(String word) {
    return word.startsWith("@") && !word.startsWith("@@");
  }

  private static String absolute(String word) {
    return isFile(word) && !QUOTED.matcher(word).find()
        ? "@" + Path.of(word.substring(1)).toAbsolutePath()
        : word;
  }

  public static boolean isShared(String flag) {
    return NOT_SHARED.stream().noneMatch(flag::startsWith)
        && (flag.contains("%p") || !writesOneFile(flag));
  }

  private static boolean writesOneFile(String flag) {
    Matcher log = LOG.matcher(flag);
    return log.matches()
        ? !STANDARD_OUTPUTS.contains(log.group("output"))
        : OUTPUTS.stream()
            .filter(flag::startsWith)
            .anyMatch(name -> !Files.isDirectory(Path.of(flag.substring(name.length()))));
  }

  /// Its words, and instead of a file of arguments (`@FILE`) what that holds. One that cannot be
  /// read stays as it is.
  private static Stream<String> flagsIn(String value) {
    return words(value)
        .flatMap(word -> {
          if (!isFile(word)) {
            return Stream.of(word);
          }
          try {
            return Files.readAllLines(Path.of(unquoted(word.substring(1)))).stream()
                .flatMap(line -> words(line).takeWhile(flag -> !flag.startsWith("#")));
          } catch (IOException _) {
            return Stream.of(word);
          }
        });
  }

  private static Stream<String> words(String value) {
    return FLAG.matcher(value).results().map(MatchResult::group);
  }

  private static String unquoted(String flag) {
    return QUOTED.matcher(flag).replaceAll("$1$2");
  }
}
