package dev.forklab.bench.instrument;

import dev.forklab.workload.Workload;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A workload that gives its message back, and for as long as it lives holds the memory that
/// [#BYTES] asks for, outside the heap, every page of it written.
public final class Hold implements Workload {

  /// The system property that says how many bytes; none if it is not set.
  public static final String BYTES = "forklab.hold";

  private static final long SMALLEST_PAGE_BYTES = 4096;

  private final MemorySegment held;

  /// Allocates and touches.
  public Hold() {
    held = Arena.ofAuto().allocate(Math.max(1, Long.getLong(BYTES, 0)));
    for (long at = 0; at < held.byteSize(); at += SMALLEST_PAGE_BYTES) {
      held.set(ValueLayout.JAVA_BYTE, at, (byte) 1);
    }
  }

  @Override
  public byte[] apply(byte[] message, int iterations) {
    if (held.get(ValueLayout.JAVA_BYTE, 0) != 1) {
      throw new IllegalStateException("expected the memory held to keep what was written to it");
    }
    return message.clone();
  }
}
