package dev.forklab.bench.peer;

import dev.forklab.bench.runtime.LineProcess;
import dev.forklab.results.Model;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A peer's process: commands to it, and answers that begin with a word. One that cannot go on says
/// `failed` and why.
final class PeerProcess implements AutoCloseable {

  private static final String FAILED = "failed ";

  private final String name;
  private final PeerScripts scripts;
  private final LineProcess process;

  private PeerProcess(String name, PeerScripts scripts, LineProcess process) {
    this.name = name;
    this.scripts = scripts;
    this.process = process;
  }

  /// Starts it.
  ///
  /// @throws PeerFailedException if that cannot be
  static PeerProcess start(String executable, Model model) {
    try {
      PeerScripts scripts = PeerScripts.unpack(model);
      try {
        ProcessBuilder builder =
            PeerRuntimes.builder(scripts.command(executable, model))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        return new PeerProcess(model.id(), scripts, LineProcess.start(model.id(), builder));
      } catch (IOException | RuntimeException e) {
        scripts.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PeerFailedException(
          "cannot start %s at %s: %s".formatted(model.id(), executable, e.getMessage()), e);
    }
  }

  /// Sends bytes; they have left this process when the call returns.
  void send(byte[]... parts) {
    try {
      process.send(parts);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  /// The rest of the line that begins with `word`, the next that comes.
  ///
  /// @throws PeerFailedException if another comes, or none in time
  String answer(String word, Duration patience) throws InterruptedException {
    String line;
    try {
      line =
          process
              .next(patience)
              .orElseThrow(() ->
                  new PeerFailedException(
                      "expected %s to answer within %d s, found silence"
                          .formatted(name, patience.toSeconds())));
    } catch (EOFException e) {
      throw gone(null);
    }
    if (line.startsWith(FAILED)) {
      throw new PeerFailedException(name + " failed: " + line.substring(FAILED.length()));
    }
    if (!line.equals(word) && !line.startsWith(word + " ")) {
      throw new PeerFailedException(
          "expected '%s' from %s, found '%s'".formatted(word, name, shortened(line)));
    }
    return line.substring(Math.min(line.length(), word.length() + 1));
  }

  private static String shortened(String line) {
    return line.length() > 100 ? line.substring(0, 100) + "…" : line;
  }

  /// What is to be said of a pipe that closed: the peer's own last words, if there were any.
  private PeerFailedException gone(@Nullable IOException cause) {
    for (String line : process.lastWords()) {
      if (line.startsWith(FAILED)) {
        return new PeerFailedException(name + " failed: " + line.substring(FAILED.length()), cause);
      }
    }
    return new PeerFailedException(
        "expected %s to run on, it has gone (%s)".formatted(name, process.howItEnded()), cause);
  }

  /// It and its descendants, as they are now.
  List<Long> look() {
    return process.look();
  }

  /// Asks it to end, and kills what is still there after a while. Removes its files.
  @Override
  public void close() {
    process.close();
    try {
      scripts.close();
    } catch (IOException e) {
      throw new PeerFailedException("cannot remove the files of " + name + ": " + e, e);
    }
  }
}
