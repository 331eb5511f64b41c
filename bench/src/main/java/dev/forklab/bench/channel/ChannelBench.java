package dev.forklab.bench.channel;

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

/// Measures block by block: each launches the drivers anew, and measures all contestants in turn.
public final class ChannelBench implements Experiment<Contestant> {

  private final ChannelPlan plan;
  private final Optional<Peer> node;
  private final Path directory;
  private final Consumer<String> progress;
  private final List<Sample<Contestant>> samples = new ArrayList<>();
  // Written by the measuring thread, read by the one that stops it.
  private volatile @Nullable Drivers running;
  private volatile boolean stopped;

  /// @param node what to compare with, if it is there
  /// @param directory where the drivers' script and standard error go
  /// @param progress told in a few words what is measured next
  public ChannelBench(
      ChannelPlan plan, Optional<Peer> node, Path directory, Consumer<String> progress) {
    this.plan = plan;
    this.node = node;
    this.directory = directory;
    this.progress = progress;
  }

  @Override
  public List<Sample<Contestant>> run() throws IOException, InterruptedException {
    for (int block = 0; block < plan.blocks() && !stopped; block++) {
      progress.accept("block %d of %d".formatted(block + 1, plan.blocks()));
      measure(block, Drivers.USUAL_HEAP, ChannelBlock::messages);
      measure(block, Drivers.HEAP_FOR_DOCUMENTS, ChannelBlock::documents);
    }
    return List.copyOf(samples);
  }

  private interface Part {
    void measure(ChannelBlock block) throws InterruptedException;
  }

  private void measure(int block, List<String> heap, Part part)
      throws IOException, InterruptedException {
    if (stopped) {
      return;
    }
    try (Drivers drivers = Drivers.start(node, directory, heap)) {
      running = drivers;
      if (!stopped) {
        part.measure(new ChannelBlock(plan, block, drivers, samples::add));
      }
    }
  }

  @Override
  public void stop() {
    stopped = true;
    Drivers current = running;
    if (current != null) {
      current.kill();
    }
  }
}
