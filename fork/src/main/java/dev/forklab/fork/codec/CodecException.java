package dev.forklab.fork.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A body that is not what its codec writes, or a value that the codec cannot write.
public final class CodecException extends IOException {

  private static final long serialVersionUID = 1L;

  public CodecException(String message) {
    super(message);
  }

  public CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
