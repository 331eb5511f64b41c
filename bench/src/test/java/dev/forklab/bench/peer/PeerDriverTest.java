package dev.forklab.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.bench.calibration.Calibrator;
import dev.forklab.bench.calibration.Found;
import dev.forklab.bench.calibration.Wanted;
import dev.forklab.bench.peer.PeerDriver.Ran;
import dev.forklab.bench.runtime.RuntimeFailedException;
import dev.forklab.results.Model;
import dev.forklab.results.Peer;
import dev.forklab.workload.TaskFunction;
import dev.forklab.workload.WorkloadSpec;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Real runtimes, real processes.
class PeerDriverTest {

  private static final int WORKERS = 2;
  private static final int WINDOW = 8;
  private static final long SLICE_NANOS = 20_000_000;

  private final List<byte[]> messages = List.of(message(1, 4096), message(2, 4096));

  @AfterEach
  void nothingIsLeft() {
    await()
        .untilAsserted(() ->
            assertThat(ProcessHandle.current().descendants().map(ProcessHandle::info)).isEmpty());
  }

  private static byte[] message(int seed, int bytes) {
    byte[] message = new byte[bytes];
    new SplittableRandom(seed).nextBytes(message);
    return message;
  }

  private static PeerTask task(Model model, String workload, String codec) {
    return new PeerTask(
        PeersHere.orSkip(model, workload),
        new WorkloadSpec(workload, 20),
        WORKERS,
        codec,
        256L << 20);
  }

  private PeerDriver open(PeerTask task) throws InterruptedException {
    PeerDriver driver = PeerDriver.start(task, messages);
    driver.open();
    return driver;
  }

  @ParameterizedTest
  @CsvSource({
    "NODE, seal, json",
    "NODE, seal, binary",
    "NODE, documents, json",
    "NODE, triad, binary",
    "NODE_THREADS, seal, json",
    "NODE_THREADS, documents, json",
    "NODE_THREADS, triad, json",
    "PYTHON, seal, json",
    "PYTHON, documents, json"
  })
  void peersGiveTheSameBytesAsTheLabsFunction(Model model, String workload, String codec)
      throws Exception {
    PeerTask task = task(model, workload, codec);
    try (PeerDriver driver = open(task)) {
      driver.fill(WINDOW);
      driver.slice(SLICE_NANOS);
      assertRight(task, driver.drain());
    }
  }

  private void assertRight(PeerTask task, Map<Long, String> digests) throws Exception {
    TaskFunction function = task.workload().function();
    assertThat(digests).isNotEmpty();
    for (Map.Entry<Long, String> reply : digests.entrySet()) {
      byte[] right = function.apply(messages.get((int) (reply.getKey() % messages.size())));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(right);
      assertThat(reply.getValue()).isEqualTo(HexFormat.of().formatHex(digest));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NODE", "NODE_THREADS", "PYTHON"})
  void aStreamIsCountedBetweenTwoReplies(Model model) throws Exception {
    try (PeerDriver driver = open(task(model, "documents", "json"))) {
      for (int slice = 0; slice < 3; slice++) {
        driver.fill(WINDOW);
        Ran ran = driver.slice(SLICE_NANOS);
        assertThat(ran.tasks()).isPositive();
        assertThat(ran.nanos()).isGreaterThanOrEqualTo(SLICE_NANOS);
        assertThat(ran.latencyNanos()).isEmpty();
        assertThat(driver.drain()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NODE", "NODE_THREADS", "PYTHON"})
  void eachTaskOfAClientHasItsLatency(Model model) throws Exception {
    PeerTask task = task(model, "documents", "json");
    try (PeerDriver driver = open(task)) {
      Ran ran = driver.clients(WORKERS, SLICE_NANOS);
      assertThat(ran.latencyNanos()).hasSize((int) ran.tasks()).allMatch(nanos -> nanos > 0);
      assertRight(task, driver.drain());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NODE", "NODE_THREADS", "PYTHON"})
  void workersAreProcessesOfTheirOwnOrThreads(Model model) throws Exception {
    try (PeerDriver driver = open(task(model, "documents", "json"))) {
      assertThat(driver.pids()).hasSize(model == Model.NODE_THREADS ? 1 : 1 + WORKERS);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NODE", "PYTHON"})
  void deathOfAWorkerIsSaidAndLeavesNothing(Model model) throws Exception {
    try (PeerDriver driver = open(task(model, "documents", "json"))) {
      driver.fill(WINDOW);
      ProcessHandle.of(driver.pids().getLast()).orElseThrow().destroyForcibly();
      assertThatThrownBy(() -> runOn(driver))
          .isInstanceOf(RuntimeFailedException.class)
          .hasMessageContaining(model.id())
          .hasMessageContaining(model == Model.NODE ? "SIGKILL" : "terminated");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NODE", "NODE_THREADS", "PYTHON"})
  void deathOfThePeerItselfIsSaidAndLeavesNothing(Model model) throws Exception {
    try (PeerDriver driver = open(task(model, "documents", "json"))) {
      driver.fill(WINDOW);
      ProcessHandle.of(driver.pids().getFirst()).orElseThrow().destroyForcibly();
      assertThatThrownBy(() -> runOn(driver))
          .isInstanceOf(RuntimeFailedException.class)
          .hasMessageContaining("expected %s to run on, it has gone".formatted(model.id()));
    }
  }

  /// A slice may end before the death is noticed.
  private static void runOn(PeerDriver driver) throws InterruptedException {
    for (int slice = 0; slice < 1000; slice++) {
      driver.slice(SLICE_NANOS);
    }
  }

  @Test
  void aSizeThatComesInManyPiecesArrivesWhole() throws Exception {
    PeerTask task = task(Model.NODE, "seal", "json");
    List<byte[]> large = List.of(message(3, 3_000_001));
    try (PeerDriver driver = PeerDriver.start(task, large)) {
      driver.open();
      byte[] right = task.workload().function().apply(large.getFirst());
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(right);
      assertThat(driver.drain().values()).containsOnly(HexFormat.of().formatHex(digest));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NODE", "PYTHON"})
  void calibrationSearchesOnThePeersOwnRuntime(Model model) throws Exception {
    Peer peer = PeersHere.orSkip(model, "documents");
    Found found =
        Calibrator.calibrate(
                List.of(new Wanted(64, 2_000_000)), () -> new PeerLaunch(peer, "documents"))
            .getFirst();
    assertThat(found.iterations()).isGreaterThan(1);
    assertThat(found.reach()).isEqualTo(Found.Reach.REACHED);
  }
}
