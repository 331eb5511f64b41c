package dev.forklab.bench.cluster;

import dev.forklab.bench.experiment.Experiment;
import dev.forklab.bench.experiment.Sample;
import dev.forklab.results.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Measures block by block: each launches the primaries anew, and loads all contestants in turn.
public final class ClusterBench implements Experiment<ClusterContestant> {

  private final ClusterPlan plan;
  private final Optional<Peer> node;
  private final Path directory;
  private final Consumer<String> progress;
  private final List<Sample<ClusterContestant>> samples = new ArrayList<>();
  // Written by the measuring thread, read by the one that stops it.
  private volatile @Nullable Primaries running;
  private volatile boolean stopped;

  /// @param node what to compare with, if it is there
  /// @param directory where the primaries' script and standard error go
  /// @param progress told in a few words what is measured next
  public ClusterBench(
      ClusterPlan plan, Optional<Peer> node, Path directory, Consumer<String> progress) {
    this.plan = plan;
    this.node = node;
    this.directory = directory;
    this.progress = progress;
  }

  @Override
  public List<Sample<ClusterContestant>> run() throws IOException, InterruptedException {
    for (int block = 0; block < plan.blocks() && !stopped; block++) {
      progress.accept("block %d of %d".formatted(block + 1, plan.blocks()));
      measure(block);
    }
    return List.copyOf(samples);
  }

  private void measure(int block) throws IOException, InterruptedException {
    try (Primaries primaries = Primaries.start(node, directory)) {
      running = primaries;
      if (!stopped) {
        new ClusterBlock(plan, block, primaries, samples::add).measure();
      }
    }
  }

  @Override
  public void stop() {
    stopped = true;
    Primaries current = running;
    if (current != null) {
      current.kill();
    }
  }
}
