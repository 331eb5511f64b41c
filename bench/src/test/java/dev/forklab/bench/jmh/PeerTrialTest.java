package dev.forklab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forklab.bench.peer.PeerDriver;
import dev.forklab.bench.peer.PeerTask;
import dev.forklab.bench.peer.PeersHere;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Slice;
import dev.forklab.results.TrialKind;
import dev.forklab.workload.WorkloadSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real trials in which a peer takes turns with the baseline.
class PeerTrialTest {

  private static final String WORKLOAD = "documents";
  private static final Pattern PEER = Pattern.compile("/(driver|worker)\\.(mjs|py)");
  private static final int ITERATIONS = 10;
  private static final Cell CELL = new Cell(2, 2, 512, 1_000_000);
  private static final Budget SHORTEST = new Budget(20_000_000, 1, 1, 1);

  @AfterEach
  void nothingIsLeft() {
    await()
        .untilAsserted(() ->
            assertThat(ProcessHandle.current().descendants().map(ProcessHandle::info)).isEmpty());
  }

  private static TrialResult run(TrialKind kind, List<Model> models, Budget budget)
      throws Exception {
    Model peer = models.getLast();
    PlannedTrial trial = new PlannedTrial(0, 0, kind, CELL, models, 1);
    Plan plan =
        new Plan(
            1, WORKLOAD, 1, List.of(CELL), models, budget, 256L << 20, "serial", List.of(trial));
    Calibration work =
        new Calibration(
            WORKLOAD,
            CELL.messageBytes(),
            CELL.taskNanos(),
            ITERATIONS + 1,
            CELL.taskNanos(),
            0,
            PeersHere.orSkip(peer, WORKLOAD),
            0);
    Calibration own =
        new Calibration(
            WORKLOAD, CELL.messageBytes(), CELL.taskNanos(), ITERATIONS, CELL.taskNanos(), 0);
    return new TrialRunner(plan)
        .run(trial, new TrialRunner.Work(List.of(own, work), false), done -> {});
  }

  private static List<Slice> measured(TrialResult result, Model model) {
    return result.slices().stream()
        .filter(slice -> slice.model() == model && !slice.warmup())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"NODE", "NODE_THREADS", "PYTHON"})
  void peersTakeTurnsAndTheirRepliesAreRight(Model peer) throws Exception {
    TrialResult result = run(TrialKind.THROUGHPUT, List.of(Model.INLINE, peer), SHORTEST);

    assertThat(result.warnings()).isEmpty();
    assertThat(measured(result, peer))
        .hasSameSizeAs(measured(result, Model.INLINE))
        .allMatch(slice -> slice.operations() > 0 && slice.wrongReplies() == 0)
        .allMatch(slice -> slice.nanos() >= SHORTEST.sliceNanos() && slice.latency() == null);
  }

  @Test
  void latencyOfAPeerIsThatOfItsOwnClients() throws Exception {
    TrialResult result = run(TrialKind.LATENCY, List.of(Model.INLINE, Model.NODE), SHORTEST);

    assertThat(result.warnings()).isEmpty();
    assertThat(measured(result, Model.NODE))
        .isNotEmpty()
        .allMatch(slice -> slice.latency() != null && slice.wrongReplies() == 0);
  }

  @Test
  void footprintOfAPeerIsThatOfItsOwnProcesses() throws Exception {
    TrialResult result =
        run(TrialKind.FOOTPRINT, List.of(Model.NODE), new Budget(20_000_000, 1, 1, 2));

    assertThat(result.startUps()).hasSize(2).allMatch(start -> start.firstReplyNanos() > 0);
    assertThat(result.memory())
        .isNotEmpty()
        .extracting(MemorySample::processes)
        .containsOnly(1 + CELL.workers());
  }

  @Test
  void aWrongReplyOfAPeerIsFound() throws Exception {
    WorkloadSpec wrong = new WorkloadSpec(WORKLOAD, ITERATIONS);
    Messages messages = Messages.of(CELL.messageBytes(), wrong.function());
    PeerTask task =
        new PeerTask(
            PeersHere.orSkip(Model.NODE, WORKLOAD),
            wrong.withIterations(ITERATIONS + 1),
            CELL.workers(),
            "json",
            256L << 20);
    try (PeerDriver driver = PeerDriver.start(task, messages.all())) {
      assertThat(new OpenPeer(driver, messages, driver.open()).countWrong())
          .isEqualTo(CELL.workers());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NODE", "NODE_THREADS", "PYTHON"})
  void deathInTheMiddleFailsTheTrialInWords(Model peer) throws Exception {
    PeersHere.orSkip(peer, WORKLOAD);
    CompletableFuture<Void> killed = CompletableFuture.runAsync(PeerTrialTest::killALast);

    assertThatThrownBy(() ->
            run(
                TrialKind.THROUGHPUT,
                List.of(Model.INLINE, peer),
                new Budget(20_000_000, 1, 30_000_000_000L, 1)))
        .isInstanceOf(TrialFailedException.class)
        .hasMessageContaining(peer.id());
    killed.join();
  }

  /// Kills a process of the peer: a worker, or the peer itself where it has no other.
  private static void killALast() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            ProcessHandle.current()
                .descendants()
                .filter(PeerTrialTest::isPeer)
                .reduce((_, last) -> last)
                .map(ProcessHandle::destroyForcibly)
                .orElse(false));
  }

  private static boolean isPeer(ProcessHandle process) {
    return process.info().commandLine().filter(PEER.asPredicate()).isPresent()
        && process.info().totalCpuDuration().filter(used -> used.toMillis() > 100).isPresent();
  }
}
