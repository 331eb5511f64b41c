package dev.forklab.bench.jmh;

import dev.forklab.bench.peer.PeerDriver;
import dev.forklab.bench.peer.PeerDriver.Opened;
import dev.forklab.bench.peer.PeerTask;
import dev.forklab.bench.plan.Planner;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Peer;
import dev.forklab.results.StartUp;
import dev.forklab.workload.WorkloadSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// Another runtime's pool. It takes no tasks from the trial's thread: it is told to run a stretch,
/// and its own program submits.
///
/// @param messages what it is given, with the replies that its own number of iterations makes
record OpenPeer(PeerDriver driver, Messages messages, Opened opened) implements OpenModel {

  /// Starts the peer and its workers.
  static OpenPeer open(Model model, TrialSpec spec) {
    Calibration work = work(model, spec);
    WorkloadSpec workload = new WorkloadSpec(work.workload(), work.iterations());
    Messages messages = messages(spec, workload);
    Cell cell = spec.planned().cell();
    PeerTask task =
        new PeerTask(
            Objects.requireNonNull(work.peer()),
            workload,
            cell.workers(),
            model.codec().map(Model.Codec::id).orElse("none"),
            Planner.heapBytesPerProcess(spec.heapBytes(), cell.workers()));
    PeerDriver driver = PeerDriver.start(task, messages.all());
    try {
      return new OpenPeer(driver, messages, driver.open());
    } catch (InterruptedException e) {
      driver.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + model.id() + " started", e);
    } catch (RuntimeException e) {
      driver.close();
      throw e;
    }
  }

  private static Calibration work(Model model, TrialSpec spec) {
    for (Calibration work : spec.peers()) {
      Peer peer = work.peer();
      if (peer != null && peer.model() == model) {
        return work;
      }
    }
    throw new IllegalStateException(
        "expected a calibration of " + model.id() + " for " + spec.planned().cell());
  }

  private static Messages messages(TrialSpec spec, WorkloadSpec workload) {
    try {
      return Messages.of(spec.planned().cell().messageBytes(), workload.function());
    } catch (Exception e) {
      throw new IllegalStateException("expected " + workload + " to answer, it threw " + e, e);
    }
  }

  /// What starting its workers took, by its own clock, its runtime being up already.
  StartUp startUp(int repetition) {
    return new StartUp(repetition, opened.firstReplyNanos(), opened.allRepliesNanos());
  }

  /// Lets the peer finish what is in flight.
  ///
  /// @return how many of its last replies are not those that the lab's own function gives
  int countWrong() throws InterruptedException {
    int wrong = 0;
    for (Map.Entry<Long, String> reply : driver.drain().entrySet()) {
      if (!sha256(messages.reply(reply.getKey())).equals(reply.getValue())) {
        wrong++;
      }
    }
    return wrong;
  }

  private static String sha256(byte[] reply) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(reply));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected SHA-256 in every JVM", e);
    }
  }

  @Override
  public CompletableFuture<byte[]> submit(byte[] message) {
    throw new UnsupportedOperationException(
        "expected a peer to submit its tasks itself, found one given to it");
  }

  @Override
  public List<Long> workerPids() {
    return driver.pids();
  }

  @Override
  public void close() {
    driver.close();
  }
}
