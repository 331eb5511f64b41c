package dev.forklab.bench.channel;

/// A child that [ForkDriver] has started, and that has said hello.
interface DriverChild {

  /// From just before it was started until its hello was here.
  long startNanos();

  long pid();

  /// Lets it go, and waits until it has ended.
  void release() throws Exception;
}
