package dev.forklab.bench.channel;

import dev.forklab.bench.experiment.Sample;
import dev.forklab.bench.experiment.Samples;
import dev.forklab.reports.stats.TwoLevel;
import dev.forklab.results.Host;
import dev.forklab.results.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A run of `lab channel` as far as it has come: the content of `channel.json`.
///
/// @param labVersion version of the lab
/// @param startedEpochMillis when it began
/// @param node Node's version; empty if there was none
/// @param samples every slice that was measured, in order
public record ChannelResult(
    String labVersion,
    long startedEpochMillis,
    String command,
    Host host,
    String node,
    List<Sample<Contestant>> samples) {

  public static final String FILE = "channel.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public ChannelResult {
    samples = List.copyOf(samples);
  }

  /// What is believed of launches: their own compiled code, heap and place in memory move these
  /// ratios more than those of pools, which hide them behind work.
  private static final TwoLevel.Prior LAUNCHES = new TwoLevel.Prior(0.03, 2);

  /// Its slices, to be compared.
  Samples<Contestant> compared() {
    return new Samples<>(samples, LAUNCHES);
  }

  /// The same with these slices.
  public ChannelResult with(List<Sample<Contestant>> measured) {
    return new ChannelResult(labVersion, startedEpochMillis, command, host, node, measured);
  }

  /// Writes it, whole or not at all.
  public void write(Path directory) throws IOException {
    WholeFile.write(directory.resolve(FILE), JSON.writeValueAsString(this));
  }
}
