package dev.forklab.fork.channel;

import java.util.function.Consumer;

/// What keeps a channel from writing while its loop thread hands on a burst of frames, and whether
/// it has done so for too long.
///
/// The loop thread puts it in and takes it out; the uncorker looks on, and writes if a burst takes
/// long.
final class Cork {

  private final Runnable write;
  private final Consumer<Cork> watch;
  // How often it was put in, and how often it had been when it was last taken out: equal while it
  // is out. Written by the loop thread, read by the uncorker.
  private volatile long puts;
  private volatile long taken;
  // Set by the loop thread before it asks to be watched; cleared by the uncorker.
  private volatile boolean watched;
  // Of the uncorker: the puts that it had seen at its last look, and how many looks saw no more.
  private long putsSeen;
  private int looksInVain;

  /// @param write writes what waits; from any thread
  /// @param watch asks that it be looked after
  Cork(Runnable write, Consumer<Cork> watch) {
    this.write = write;
    this.watch = watch;
  }

  /// Puts it in, unless it is. Of the loop thread.
  void put() {
    if (puts == taken) {
      puts = taken + 1;
      if (!watched) {
        watched = true;
        watch.accept(this);
      }
    }
  }

  /// Takes it out and writes, if it is in. Of the loop thread.
  void take() {
    if (puts != taken) {
      taken = puts;
      write.run();
    }
  }

  /// Writes if it is in and was at the last look. Of the uncorker.
  ///
  /// @return for how many looks in a row it has been out
  int look() {
    long seen = puts;
    if (seen != putsSeen) {
      putsSeen = seen;
      looksInVain = 0;
    } else if (seen != taken) {
      write.run();
      looksInVain = 0;
    } else {
      looksInVain++;
    }
    return looksInVain;
  }

  /// It is watched no more. Of the uncorker.
  ///
  /// @return whether it was put in since the last look: then it must be watched after all, for the
  ///   loop thread may have seen that it was
  boolean unwatched() {
    watched = false;
    return puts != putsSeen;
  }
}
