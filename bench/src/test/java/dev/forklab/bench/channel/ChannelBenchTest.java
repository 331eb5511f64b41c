package dev.forklab.bench.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.bench.experiment.Sample;
import dev.forklab.bench.peer.PeerRuntimes;
import dev.forklab.bench.peer.PeerRuntimes.Found;
import dev.forklab.results.Model;
import dev.forklab.results.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The drivers, with real children.
class ChannelBenchTest {

  private static final ChannelPlan TINY =
      new ChannelPlan(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), 1, 1, 1);

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void noDriverAndNoChildIsLeft() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void thisLibraryIsMeasuredWithoutNode() throws Exception {
    List<Sample<Contestant>> samples = bench(Optional.empty()).run();

    for (Measure measure : Measure.ALL) {
      assertThat(of(samples, measure, Contestant.FORKLAB_JSON)).as(measure.id()).isNotEmpty();
    }
    assertThat(samples).noneMatch(sample -> sample.contestant().isOfNode());
  }

  @Test
  void everyContestantIsMeasuredBesideNode() throws Exception {
    Optional<Peer> node =
        PeerRuntimes.onThePath().find(Model.NODE, "seal") instanceof Found.Present(Peer peer)
            ? Optional.of(peer)
            : Optional.empty();
    assumeTrue(node.isPresent(), "there is no node on the PATH");

    List<Sample<Contestant>> samples = bench(node).run();

    for (Measure measure : Measure.ALL) {
      for (Contestant contestant : Contestant.values()) {
        if (measure.suits(contestant)) {
          assertThat(of(samples, measure, contestant))
              .as("%s of %s", measure.id(), contestant.label())
              .isNotEmpty()
              .allMatch(sample -> sample.value() > 0 && sample.count() > 0);
        }
      }
    }
  }

  @Test
  void aStoppedComparisonLeavesNoProcess() throws Exception {
    List<ChannelBench> stopped = new ArrayList<>();
    ChannelBench bench =
        new ChannelBench(TINY, Optional.empty(), directory, _ -> stopped.getFirst().stop());
    stopped.add(bench);

    assertThat(bench.run()).isEmpty();
  }

  private ChannelBench bench(Optional<Peer> node) {
    return new ChannelBench(TINY, node, directory, _ -> {});
  }

  private static List<Sample<Contestant>> of(
      List<Sample<Contestant>> samples, Measure measure, Contestant contestant) {
    return samples.stream()
        .filter(s -> s.contestant() == contestant && s.measure().equals(measure.id()))
        .toList();
  }
}
