package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.TrialState.SliceEnd;
import dev.forklab.bench.peer.PeerDriver.Ran;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/// One slice of a peer: run once, by whichever of the harness's threads comes first, while the
/// others sleep until it is over.
///
/// The harness calls the benchmark method until its time is up, and a peer's slice, which begins
/// with the first call, ends a little after that. Should the harness call once more all the same,
/// it is held up for a moment instead of getting another slice.
final class PeerSlice {

  private static final byte[] NO_REPLY = new byte[0];
  private static final long HOLD_UP_NANOS = 100_000;

  /// How much longer than the harness a peer's clock may say that a slice took. Both read one clock
  /// of the kernel, and the peer's slice lies within the harness's.
  private static final double CLOCK_TOLERANCE = 1.01;

  private final FutureTask<Ran> once;

  PeerSlice(Callable<Ran> slice) {
    this.once = new FutureTask<>(slice);
  }

  /// Runs the slice or waits for it.
  byte[] await() throws Exception {
    if (once.isDone()) {
      LockSupport.parkNanos(HOLD_UP_NANOS);
    }
    once.run();
    ran();
    return NO_REPLY;
  }

  /// What it came to.
  Ran ran() throws Exception {
    try {
      return once.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /// The slice's time by the peer's clock. CPU time was read by the harness, a little before and
  /// after the slice while the same stream ran: the slice has its share of that. What else the
  /// harness counted is of its own JVM too, and is left out.
  SliceEnd end(SliceEnd harness) throws Exception {
    Ran ran = ran();
    if (ran.nanos() > harness.nanos() * CLOCK_TOLERANCE) {
      throw new IllegalStateException(
          "expected a peer's slice within the harness's %d ns, found %d ns by the peer's clock"
              .formatted(harness.nanos(), ran.nanos()));
    }
    double share = Math.min(1, (double) ran.nanos() / harness.nanos());
    long cpu = harness.cpuNanos() < 0 ? -1 : Math.round(harness.cpuNanos() * share);
    return new SliceEnd(ran.nanos(), cpu, null);
  }
}
