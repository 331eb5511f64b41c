package dev.forklab.fork.process;

import dev.forklab.fork.data.Stdio;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What process to start.
///
/// @param command the executable and its arguments; an executable without a slash is looked up in
///   the parent's PATH
/// @param directory its working directory; empty for the parent's
/// @param environment all of its environment
/// @param stdio its standard input, output and error, in this order
/// @param session which session it belongs to
/// @param descriptors open descriptors of this process that it inherits as [#FIRST_GIVEN] and on
public record ProcessSpec(
    List<String> command,
    Optional<Path> directory,
    Map<String, String> environment,
    List<Stdio> stdio,
    Session session,
    List<Integer> descriptors) {

  /// What lies below is for the streams and for what this library itself gives a child.
  public static final int FIRST_GIVEN = 8;

  private static final int MOST_GIVEN = 8;

  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    stdio = List.copyOf(stdio);
    descriptors = List.copyOf(descriptors);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("expected a command, found an empty one");
    }
    if (stdio.size() != 3) {
      throw new IllegalArgumentException("expected 3 standard streams, found " + stdio.size());
    }
    if (descriptors.size() > MOST_GIVEN) {
      throw new IllegalArgumentException(
          "expected at most " + MOST_GIVEN + " descriptors, found " + descriptors.size());
    }
    command.forEach(argument -> requireNoNul("argument", argument));
    environment.forEach((name, value) -> {
      requireNoNul("environment name", name);
      requireNoNul("environment value", value);
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new IllegalArgumentException(
            "expected an environment name without '=', found '" + name + "'");
      }
    });
  }

  /// One that inherits its standard streams only.
  public ProcessSpec(
      List<String> command,
      Optional<Path> directory,
      Map<String, String> environment,
      List<Stdio> stdio,
      Session session) {
    this(command, directory, environment, stdio, session, List.of());
  }

  private static void requireNoNul(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "expected an "
              + what
              + " without a NUL character, found one in '"
              + text.replace('\0', '?')
              + "'");
    }
  }
}
