package dev.forklab.bench.experiment;

import dev.forklab.reports.stats.TwoLevel;
import dev.forklab.results.Host;
import dev.forklab.results.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A comparison of this library with Node, as it is kept in a file.
///
/// @param labVersion version of the lab
/// @param startedEpochMillis when it began
/// @param command the command line that asked for it
/// @param node Node's version; empty if there was none
/// @param samples every slice that was measured, in order
/// @param <C> a contestant
public record NodeComparison<C>(
    String labVersion,
    long startedEpochMillis,
    String command,
    Host host,
    String node,
    List<Sample<C>> samples) {

  /// What is believed of launches: their own compiled code, heap and place in memory move these
  /// ratios more than those of pools, which hide them behind work.
  private static final TwoLevel.Prior LAUNCHES = new TwoLevel.Prior(0.03, 2);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public NodeComparison {
    samples = List.copyOf(samples);
  }

  /// The same with these slices.
  public NodeComparison<C> with(List<Sample<C>> measured) {
    return new NodeComparison<>(labVersion, startedEpochMillis, command, host, node, measured);
  }

  /// What its samples say of each contestant and of each pair.
  public Samples<C> compared() {
    return new Samples<>(samples, LAUNCHES);
  }

  /// Writes it, whole or not at all.
  public void write(Path file) throws IOException {
    WholeFile.write(file, JSON.writeValueAsString(this));
  }
}
