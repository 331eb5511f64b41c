package dev.forklab.bench.jmh;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.BenchmarkException;

/// Why a trial failed, in one line: in the words of the JVM that did not start or could not go on,
/// which stand in what it printed; else in those of the exception; else its exit code.
final class FailureReason {

  private static final String INITIALIZATION = "Error occurred during initialization of VM";
  private static final String NOT_CREATED = "Error: Could not create the Java Virtual Machine.";

  /// How HotSpot begins what it prints when it crashes; what matters follows on a line like it.
  private static final List<String> CRASHES =
      List.of(
          "# There is insufficient memory for the Java Runtime Environment",
          "# A fatal error has been detected by the Java Runtime Environment");

  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile("java\\.lang\\.OutOfMemoryError(?:: .*)?");

  /// An exception on a line of its own, as a stack trace begins.
  private static final Pattern EXCEPTION =
      Pattern.compile(
          "(?:Caused by: |Exception in thread \".*\" |Exception: )?"
              + "((?:[\\w$]+\\.)+[\\w$]*(?:Error|Exception)(?:: .*)?)");

  private static final Pattern EXIT_CODE = Pattern.compile("VM failed with exit code (-?\\d+)");

  /// A bound on causes that cause each other.
  private static final int DEEPEST = 100;

  private FailureReason() {}

  /// @param thrown what the harness threw
  /// @param printed the last lines of the trial's JVM and its children, oldest first
  static String of(Throwable thrown, List<String> printed) {
    Throwable root = root(thrown);
    Matcher exit = EXIT_CODE.matcher(String.valueOf(root.getMessage()));
    boolean died = exit.find();
    return fatal(printed)
        .or(() -> died ? exception(printed) : Optional.empty())
        .orElseGet(() ->
            died
                ? "the trial's JVM ended with exit code " + exit.group(1)
                : root.toString().strip().lines().findFirst().orElse("no reason"));
  }

  /// What caused it all; the harness's own exception has that of the trial among its suppressed.
  private static Throwable root(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; depth < DEEPEST; depth++) {
      boolean holder = at instanceof BenchmarkException && at.getSuppressed().length > 0;
      Throwable deeper = holder ? at.getSuppressed()[0] : at.getCause();
      if (deeper == null) {
        return at;
      }
      at = deeper;
    }
    return at;
  }

  /// What ended a JVM, of itself or of a worker.
  private static Optional<String> fatal(List<String> printed) {
    for (int i = 0; i < printed.size(); i++) {
      String line = printed.get(i).strip();
      if (line.startsWith(INITIALIZATION)) {
        return Optional.of(INITIALIZATION + next(printed, i).map(text -> ": " + text).orElse(""));
      }
      if (line.equals(NOT_CREATED)) {
        return printed.subList(0, i).reversed().stream()
            .map(String::strip)
            .filter(text -> !text.startsWith("Did you mean"))
            .findFirst();
      }
      if (CRASHES.stream().anyMatch(line::startsWith)) {
        return Optional.of(uncommented(line) + " " + next(printed, i).orElse(""))
            .map(String::strip);
      }
      Matcher memory = OUT_OF_MEMORY.matcher(line);
      if (memory.find()) {
        return Optional.of(memory.group().strip());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> exception(List<String> printed) {
    return printed.stream()
        .map(line -> EXCEPTION.matcher(line.strip()))
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .findFirst();
  }

  /// The first line after `line` that says something.
  private static Optional<String> next(List<String> printed, int line) {
    return printed.stream()
        .skip(line + 1)
        .map(FailureReason::uncommented)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private static String uncommented(String line) {
    return line.strip().replaceFirst("^#+\\s*", "");
  }
}
