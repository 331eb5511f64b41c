package dev.forklab.fork.channel;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Told once what became of a frame that was sent: the socket took all its bytes, or it never will.
/// "Written" says nothing about the peer. Called by a thread that wrote: a sender's, or the
/// channel's loop thread. While it runs nobody else is told, though bytes are still written: it
/// must not block, and must not throw.
@FunctionalInterface
public interface Written {

  /// For senders who do not ask. No constant: an interface that has one must be initialized before
  /// its lambdas are made, and the JDK then leaves them out of a child's start archive.
  static Written ignored() {
    return _ -> {};
  }

  /// The frame's last byte is about to be written: from now on the peer may have it whole. Comes
  /// before the bytes do.
  default void leaving() {}

  /// Tells the frame's fate.
  ///
  /// @param failure why not all bytes were written; null if they were
  void done(@Nullable IOException failure);
}
