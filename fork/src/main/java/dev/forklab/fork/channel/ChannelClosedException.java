package dev.forklab.fork.channel;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A frame that was not sent because the channel is closed.
public final class ChannelClosedException extends IOException {

  private static final long serialVersionUID = 1L;

  public ChannelClosedException(@Nullable Throwable cause) {
    super("the channel is closed", cause);
  }
}
