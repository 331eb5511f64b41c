package dev.forklab.fork.pool;

import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// SIGINT and SIGTERM are for a worker's parent to act on: a terminal's Ctrl-C, or the stop of a
/// service manager, reaches all of its processes at once, and a worker that ended by it would lose
/// the task in hand, which the parent may be waiting for. A worker ends when its parent says so, or
/// has ended.
///
/// There is no other way to hear of a signal than `sun.misc.Signal`, which jdk.unsupported exports.
/// A handler that does nothing, and not "ignore": that would be inherited by what tasks start.
@SuppressWarnings(
    "sunapi") // There is no other way to hear of a signal; jdk.unsupported exports it.
final class ParentsSignals implements SignalHandler {

  private static final List<String> NAMES = List.of("INT", "TERM");

  private ParentsSignals() {}

  /// Must not be called where there is no jdk.unsupported.
  static void leave() {
    SignalHandler nothing = new ParentsSignals();
    for (String name : NAMES) {
      try {
        Signal.handle(new Signal(name), nothing);
      } catch (IllegalArgumentException _) {
        return; // The JVM was told to leave signals alone (-Xrs).
      }
    }
  }

  @Override
  public void handle(Signal signal) {}
}
