package dev.forklab.bench.cli;

/// What happens on Ctrl-C or SIGTERM while this is open. The JVM then ends with the exit code of
/// the signal (130, 143) and, since it ends in order, removes its temporary files.
final class Interruption implements AutoCloseable {

  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /// @param wrapUp puts everything in order and says so; runs on a thread of its own
  static Interruption watch(Runnable wrapUp) {
    Thread hook = new Thread(wrapUp, "lab-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  @Override
  public void close() {
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down already: the hook has begun and will do the rest.
    }
  }
}
