package dev.forklab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What one run of the launcher did.
record Launch(int exit, String out, String err) {

  /// Runs it to its end with nothing on its standard input.
  static Launch of(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    process.getOutputStream().close();
    return end(process);
  }

  /// Waits for one that was started before.
  static Launch end(Process process) throws InterruptedException, ExecutionException {
    FutureTask<String> err =
        new FutureTask<>(() -> new String(process.getErrorStream().readAllBytes(), UTF_8));
    Thread.ofPlatform().name("launcher-stderr").start(err);
    try {
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Launch(process.waitFor(), out, err.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
