package dev.forklab.bench.experiment;

import java.io.IOException;
import java.util.List;

/// Something that measures contestants until it is done, or stopped.
///
/// @param <C> a contestant
public interface Experiment<C> {

  /// Measures everything.
  ///
  /// @return every slice, in order
  /// @throws dev.forklab.bench.runtime.RuntimeFailedException if a process that is measured fails
  List<Sample<C>> run() throws IOException, InterruptedException;

  /// Ends it: its processes and their children are gone when this returns. For another thread.
  void stop();
}
