package dev.forklab.fork;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Starts child processes with a channel: Node's `child_process.fork`.
public final class Fork {

  /// The environment variable in which an [Entry.Executable] finds its channel: seven fields,
  /// joined by commas, of which the last is the socket's path (`serialization`, `detached`,
  /// `graceMillis`, `maxFrameBytes`, `maxQueuedBytes`, `highWaterBytes`, `path`).
  public static final String CHANNEL_VARIABLE = "FORKLAB_CHANNEL";

  private static final Duration FIRST_MESSAGE = Duration.ofSeconds(3);
  private static final Duration END = Duration.ofSeconds(60);

  private Fork() {}

  /// Forks a class's `main` with [ForkOptions#DEFAULT].
  public static ChildProcess fork(Class<?> mainClass, String... args) {
    return fork(mainClass, ForkOptions.builder().args(args).build());
  }

  /// Forks a class's `main`.
  ///
  /// @throws IllegalStateException if it cannot be told where a child finds the class (see
  ///   [ForkOptions.Builder#classPath]); the message says what to give
  public static ChildProcess fork(Class<?> mainClass, ForkOptions options) {
    Entry entry = new Entry.MainClass(mainClass.getName());
    return ChildProcess.start(
        entry,
        options,
        new EntryCommand(entry, options, mainClass.getClassLoader(), Optional.empty()));
  }

  /// Forks a jar's main class.
  public static ChildProcess forkJar(Path jar, ForkOptions options) {
    return fork(new Entry.Jar(jar), options);
  }

  /// Forks any executable.
  public static ChildProcess forkExecutable(String command, ForkOptions options) {
    return fork(new Entry.Executable(command), options);
  }

  /// Forks. Returns once the process is started, before it is connected; messages sent meanwhile
  /// wait. A process that cannot be started is an `error` event of a child without a pid; on Linux
  /// its cause is a [dev.forklab.fork.data.SpawnException], with the system's code and the path.
  ///
  /// @throws IllegalArgumentException for a NUL character in an argument, path or variable
  /// @throws SecurityException if the options ask for a user or group that this process may not
  ///   take
  public static ChildProcess fork(Entry entry, ForkOptions options) {
    return ChildProcess.start(entry, options);
  }

  /// Makes the archive ([ForkOptions.Builder#startArchive]) of children that run this class with
  /// these options, unless it is there; every later fork of them then starts faster. Blocks for
  /// some seconds, once per class, JDK, flags and class path.
  ///
  /// For that the class is forked once, with the options' arguments: its `main` runs, and the child
  /// is disconnected after its first message, or after three seconds without one. What it prints is
  /// dropped.
  ///
  /// @return whether there is one now; false for a class path with directories in it
  /// @throws IOException if the archive's directory cannot be written, or the child does not end
  public static boolean prepare(Class<?> mainClass, ForkOptions options)
      throws IOException, InterruptedException {
    Entry entry = new Entry.MainClass(mainClass.getName());
    ClassLoader loader = mainClass.getClassLoader();
    return new EntryCommand(entry, options, loader, Optional.empty())
        .prepare(
            mainClass.getName(),
            recording ->
                rehearse(
                    entry,
                    options,
                    new EntryCommand(entry, options, loader, Optional.of(recording))));
  }

  private static void rehearse(Entry entry, ForkOptions options, EntryCommand recording)
      throws IOException, InterruptedException {
    ChildProcess child = ChildProcess.start(entry, options, recording);
    try {
      CountDownLatch heard = new CountDownLatch(1);
      child.onMessage(_ -> heard.countDown()).onClose(_ -> heard.countDown());
      var _ = heard.await(FIRST_MESSAGE.toMillis(), TimeUnit.MILLISECONDS);
      if (child.connected()) {
        child.disconnect();
      }
      var _ = child.closed().get(END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("expected the child to end once disconnected, but it did not", e);
    } finally {
      child.kill("SIGKILL"); // Nothing, if it has ended.
    }
  }
}
