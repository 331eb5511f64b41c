package dev.forklab.fork;

import java.io.IOException;
import java.nio.file.Path;

/// Starts child processes with a channel: Node's `child_process.fork`.
public final class Fork {

  /// The environment variable in which an [Entry.Executable] finds its channel.
  public static final String CHANNEL_VARIABLE = "FORKLAB_CHANNEL";

  private Fork() {}

  /// Forks a class's `main`, with everything as the parent has it.
  public static ChildProcess fork(Class<?> mainClass, String... args) {
    return fork(mainClass, ForkOptions.builder().args(args).build());
  }

  /// Forks a class's `main`.
  public static ChildProcess fork(Class<?> mainClass, ForkOptions options) {
    return fork(new Entry.MainClass(mainClass.getName()), options);
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
  /// wait. A process that cannot be started is an `error` event of a child without a pid.
  ///
  /// @throws IllegalArgumentException for a NUL character in an argument, path or variable
  /// @throws SecurityException if the options ask for a user or group that this process may not
  ///   take
  public static ChildProcess fork(Entry entry, ForkOptions options) {
    return ChildProcess.start(entry, options);
  }

  /// Makes the [StartArchive] of children forked with these options, unless it is there. Blocks for
  /// some seconds, once per JDK, flags and class path; every later fork then starts faster.
  ///
  /// @return whether there is one now; false for a class path with directories in it
  /// @throws IOException if the archive's directory cannot be written
  public static boolean prepare(ForkOptions options) throws IOException, InterruptedException {
    JavaCommand java = new Launch(new Entry.MainClass(Fork.class.getName()), options).java();
    return options.startArchive.make(java);
  }
}
