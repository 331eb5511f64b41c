package dev.forklab.bench.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Sends signals to processes, by the `kill` of the system: Java has no other way to send most of
/// them.
public final class SignalCommand {

  private static final int PATIENCE_SECONDS = 10;

  private SignalCommand() {}

  /// Sends one, and blocks until it is sent; processes that have gone are passed over.
  ///
  /// @param signal without `SIG`: `STOP`, `CONT`, `KILL`
  public static void send(String signal, List<Long> pids) {
    List<String> arguments = pids.stream().map(String::valueOf).toList();
    try {
      Process kill =
          new ProcessBuilder(
                  Stream.concat(Stream.of("kill", "-" + signal), arguments.stream()).toList())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean _ = kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send SIG" + signal + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
