package dev.forklab.fork;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a child's JVM takes over from this one: its flags and its environment, without what two
/// processes cannot share.
final class Inheritance {

  /// A debugger's port, a management port, the file of a flight recording. Node does the same with
  /// `--inspect`.
  private static final List<String> NOT_SHARED =
      List.of(
          "-agentlib:jdwp",
          "-Xrunjdwp",
          "-Xdebug",
          "-Dcom.sun.management.jmxremote",
          "-XX:StartFlightRecording",
          "-XX:FlightRecorderOptions",
          "-XX:AOTCacheOutput",
          "-XX:AOTMode",
          "-XX:AOTConfiguration",
          "-XX:ArchiveClassesAtExit");

  /// Where every JVM finds flags beside its command line; they are among its own flags then.
  private static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final List<String> AGENTS = List.of("-javaagent:", "-agentlib:", "-agentpath:");

  /// A flag in a variable: up to a space that is not quoted.
  private static final Pattern FLAG = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")++");

  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

  private Inheritance() {}

  /// This JVM's flags for a child of this environment. An agent that the environment names as well
  /// is left to that: it would be loaded twice.
  static List<String> flags(Map<String, String> environment) {
    List<String> flags = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    flags.removeIf(flag -> startsWithOneOf(NOT_SHARED, flag));
    variableFlags(environment).filter(flag -> startsWithOneOf(AGENTS, flag)).forEach(flags::remove);
    return flags;
  }

  /// The flags that a JVM of this environment finds there.
  static Stream<String> variableFlags(Map<String, String> environment) {
    return VARIABLES.stream()
        .flatMap(name -> flagsIn(environment.getOrDefault(name, "")))
        .map(Inheritance::unquoted);
  }

  /// This environment for a child.
  static Map<String, String> environment(Map<String, String> own) {
    Map<String, String> environment = new HashMap<>(own);
    VARIABLES.forEach(name -> environment.computeIfPresent(name, (_, value) -> shared(value)));
    return environment;
  }

  private static String shared(String flags) {
    return flagsIn(flags)
        .filter(flag -> !startsWithOneOf(NOT_SHARED, unquoted(flag)))
        .collect(Collectors.joining(" "));
  }

  private static Stream<String> flagsIn(String value) {
    return FLAG.matcher(value).results().map(MatchResult::group);
  }

  private static String unquoted(String flag) {
    return QUOTED.matcher(flag).replaceAll("$1$2");
  }

  private static boolean startsWithOneOf(List<String> beginnings, String flag) {
    return beginnings.stream().anyMatch(flag::startsWith);
  }
}
