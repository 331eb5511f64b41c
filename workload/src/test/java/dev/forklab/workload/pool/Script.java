package dev.forklab.workload.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Messages that tell [ScriptedWorkload] what to do: since a worker may be another process, the
/// message is all that a test can give it, and files are all that both can see.
///
/// ```
/// #!command NUL argument NUL argument …
/// ```
///
/// Every other message, the empty one included, is answered with its bytes in reverse.
public final class Script {

  /// What a script starts with.
  static final String MAGIC = "#!";

  private static final String SEPARATOR = "\0";

  /// What the workload knows.
  enum Command {
    FAIL,
    FAIL_SILENTLY,
    FAIL_WITH_UNKNOWN_CLASS,
    FAIL_WITH_BROKEN_MESSAGE,
    OVERFLOW_STACK,
    RETURN_NOTHING,
    MARK,
    HOLD,
    SPIN,
    CENSUS,
    WHO,
    LISTEN,
    LITTER,
    STATE,
    HALT
  }

  private Script() {}

  /// Throws an exception of this class (with a public constructor of one String) and message.
  public static byte[] fail(Class<? extends Throwable> type, String message) {
    return script(Command.FAIL, type.getName(), message);
  }

  /// Throws an exception of this class (with a public constructor of no argument), without message.
  public static byte[] failSilently(Class<? extends Throwable> type) {
    return script(Command.FAIL_SILENTLY, type.getName());
  }

  /// Throws a [RuntimeException] of class [ScriptedWorkload#UNKNOWN_CLASS], which is on no class
  /// path: the worker makes it up.
  public static byte[] failWithUnknownClass(String message) {
    return script(Command.FAIL_WITH_UNKNOWN_CLASS, message);
  }

  /// Throws a [ScriptedWorkload.BrokenException], whose `getMessage` throws.
  public static byte[] failWithBrokenMessage() {
    return script(Command.FAIL_WITH_BROKEN_MESSAGE);
  }

  /// Recurses until the stack overflows.
  public static byte[] overflowStack() {
    return script(Command.OVERFLOW_STACK);
  }

  /// Returns null.
  public static byte[] returnNothing() {
    return script(Command.RETURN_NOTHING);
  }

  /// Creates `file`: proof that the task ran.
  public static byte[] mark(Path file) {
    return script(Command.MARK, file.toString());
  }

  /// Creates `started`, then waits until `release` exists or it is interrupted.
  public static byte[] hold(Path started, Path release) {
    return script(Command.HOLD, started.toString(), release.toString());
  }

  /// Creates `started`, then computes until `release` exists, deaf to interrupts.
  public static byte[] spin(Path started, Path release) {
    return script(Command.SPIN, started.toString(), release.toString());
  }

  /// Counts the tasks of this kind that run at this moment, by their files in `directory`; replies
  /// with the number.
  public static byte[] census(Path directory) {
    return script(Command.CENSUS, directory.toString());
  }

  /// Replies with the process id, a space, and the name of the thread that runs the task.
  public static byte[] who() {
    return script(Command.WHO);
  }

  /// Replies with `interrupt` if one comes while the task runs, for some microseconds; else with
  /// `no interrupt`.
  public static byte[] listen() {
    return script(Command.LISTEN);
  }

  /// Leaves its thread interrupted, and with a name, a priority and a context class loader of its
  /// own.
  public static byte[] litter() {
    return script(Command.LITTER);
  }

  /// Replies with what of that its thread has, in words; with `clean` if nothing.
  public static byte[] state() {
    return script(Command.STATE);
  }

  /// Ends the worker's process at once. Never for a pool whose workers are in this process.
  public static byte[] halt(int exitCode) {
    return script(Command.HALT, Integer.toString(exitCode));
  }

  private static byte[] script(Command command, String... arguments) {
    String rest = arguments.length == 0 ? "" : SEPARATOR + String.join(SEPARATOR, arguments);
    return (MAGIC + command + rest).getBytes(UTF_8);
  }

  /// A message read back.
  record Parsed(Command command, List<String> arguments) {

    Path path(int index) {
      return Path.of(arguments.get(index));
    }

    static Optional<Parsed> of(byte[] message) {
      if (message.length < 2 || message[0] != '#' || message[1] != '!') {
        return Optional.empty();
      }
      List<String> parts =
          List.of(new String(message, UTF_8).substring(MAGIC.length()).split(SEPARATOR, -1));
      Command command = Command.valueOf(parts.getFirst());
      return Optional.of(new Parsed(command, parts.subList(1, parts.size())));
    }
  }
}
