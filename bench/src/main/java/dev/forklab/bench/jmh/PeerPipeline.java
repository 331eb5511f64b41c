package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.TrialState.SliceEnd;
import java.util.function.LongSupplier;

/// A peer under a steady stream of tasks from its own submitter: a slice is one command to it.
final class PeerPipeline implements Pipeline {

  private final OpenPeer peer;
  private final int window;
  private final LongSupplier sliceNanos;
  private PeerSlice slice;

  /// @param sliceNanos how long the slice is that begins next
  PeerPipeline(OpenPeer peer, int window, LongSupplier sliceNanos) {
    this.peer = peer;
    this.window = window;
    this.sliceNanos = sliceNanos;
    this.slice = slice();
  }

  private PeerSlice slice() {
    return new PeerSlice(() -> peer.driver().slice(sliceNanos.getAsLong()));
  }

  @Override
  public void start() throws InterruptedException {
    peer.driver().fill(window);
    slice = slice();
  }

  @Override
  public int beforehand() {
    return 0;
  }

  @Override
  public byte[] next() throws Exception {
    return slice.await();
  }

  @Override
  public long operations(long calls) throws Exception {
    return slice.ran().tasks();
  }

  @Override
  public SliceEnd end(SliceEnd harness) throws Exception {
    return slice.end(harness);
  }

  @Override
  public int stop() throws InterruptedException {
    return peer.countWrong();
  }
}
