package dev.forklab.fork.channel;

import java.io.IOException;
import java.nio.file.Path;

/// Who connected to a socket that this process listens at.
@FunctionalInterface
public interface PeerCheck {

  /// Whether it is the child.
  ///
  /// @throws IOException if this process has no means left to ask
  boolean isPeerAt(Path socket) throws IOException;
}
