package dev.forklab.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.bench.experiment.Sample;
import dev.forklab.bench.peer.PeerRuntimes;
import dev.forklab.bench.peer.PeerRuntimes.Found;
import dev.forklab.bench.runtime.RuntimeFailedException;
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

/// The primaries, with real workers and a real client.
class ClusterBenchTest {

  private static final ClusterPlan TINY =
      new ClusterPlan(1, Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofMillis(50), 1);

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void noPrimaryAndNoWorkerIsLeft() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void everyContestantIsMeasuredBesideNodeAndThisLibraryLosesNothing() throws Exception {
    Optional<Peer> node =
        PeerRuntimes.onThePath().find(Model.NODE, "seal") instanceof Found.Present(Peer peer)
            ? Optional.of(peer)
            : Optional.empty();
    assumeTrue(node.isPresent(), "there is no node on the PATH");

    List<Sample<ClusterContestant>> samples = bench(node).run();

    for (ClusterMeasure measure : ClusterMeasure.values()) {
      for (ClusterContestant contestant : ClusterContestant.values()) {
        assertThat(of(samples, measure, contestant))
            .as("%s of %s", measure.id(), contestant.label())
            .isNotEmpty()
            .allMatch(sample -> sample.count() > 0);
      }
    }
    assertThat(samples)
        .filteredOn(sample -> sample.measure().equals(ClusterMeasure.LOST.id()))
        .filteredOn(sample -> !sample.contestant().isOfNode())
        .allMatch(sample -> sample.value() == 0);
  }

  @Test
  void aPrimaryThatIsNotThereIsSaidInWords() throws Exception {
    Peer broken = new Peer(Model.NODE, "false", "v0");
    assertThatThrownBy(() -> bench(Optional.of(broken)).run())
        .isInstanceOf(RuntimeFailedException.class)
        .hasMessageContaining("the primary of node");
  }

  @Test
  void aStoppedComparisonLeavesNoProcess() throws Exception {
    List<ClusterBench> stopped = new ArrayList<>();
    ClusterBench bench =
        new ClusterBench(TINY, Optional.empty(), directory, _ -> stopped.getFirst().stop());
    stopped.add(bench);

    assertThat(bench.run()).isEmpty();
  }

  private ClusterBench bench(Optional<Peer> node) {
    return new ClusterBench(TINY, node, directory, _ -> {});
  }

  private static List<Sample<ClusterContestant>> of(
      List<Sample<ClusterContestant>> samples,
      ClusterMeasure measure,
      ClusterContestant contestant) {
    return samples.stream()
        .filter(s -> s.contestant() == contestant && s.measure().equals(measure.id()))
        .toList();
  }
}
