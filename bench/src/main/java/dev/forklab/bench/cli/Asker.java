package dev.forklab.bench.cli;

import dev.forklab.bench.plan.BadRequestException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks a person on a terminal, a question a line, each with its default.
final class Asker {

  /// After this many answers that cannot be read, the command ends.
  static final int MOST_TRIES = 3;

  private final Lines lines;
  private boolean ended;

  Asker(Lines lines) {
    this.lines = lines;
  }

  /// Where answers come from.
  @FunctionalInterface
  interface Lines {
    /// The next line, or null at the end of the input.
    @Nullable String read(String prompt);
  }

  /// The person at the terminal, if this process has one for reading and writing: a pipe is never
  /// waited for.
  static Optional<Asker> ofTheTerminal() {
    return Optional.ofNullable(System.console())
        .filter(_ -> Terminals.isTerminal())
        .map(console -> new Asker(prompt -> console.readLine("%s", prompt)));
  }

  /// An empty answer, and the end of the input, stand for the default.
  ///
  /// @param parser throws a [BadRequestException] for what cannot be read, which is then asked
  ///   again
  <T> T ask(String asking, String usual, Function<String, T> parser) {
    String prompt = asking + " [" + usual + "]: ";
    for (int tried = 1; !ended; tried++) {
      String answer = lines.read(prompt);
      ended = answer == null;
      if (answer == null || answer.isBlank()) {
        break;
      }
      try {
        return parser.apply(answer);
      } catch (BadRequestException e) {
        if (tried == MOST_TRIES) {
          throw e;
        }
        prompt = e.getMessage() + "\n" + asking + " [" + usual + "]: ";
      }
    }
    return parser.apply(usual);
  }
}
