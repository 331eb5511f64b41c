package dev.forklab.bench.run;

import dev.forklab.bench.calibration.Found.Reach;
import dev.forklab.bench.peer.PeerLaunch;
import dev.forklab.bench.peer.PeerRuntimes;
import dev.forklab.bench.peer.PeerRuntimes.Found;
import dev.forklab.bench.plan.BadRequestException;
import dev.forklab.bench.run.RunPreparation.Result;
import dev.forklab.bench.runtime.RuntimeFailedException;
import dev.forklab.results.Calibration;
import dev.forklab.results.Model;
import dev.forklab.results.Peer;
import dev.forklab.results.Plan;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which of the peers asked for can take part in a run, and with how much work.
///
/// One that is not there, or cannot make the task time of some cell, is left out and said to be, in
/// one line; it never fails a run.
///
/// @param peers those that are here
/// @param absent those that are not
public record PeerChoice(List<Peer> peers, Set<Model> absent) {

  public PeerChoice {
    peers = List.copyOf(peers);
    absent = Set.copyOf(absent);
  }

  /// Looks for the peers asked for.
  ///
  /// @param skipped told a line for each that is not here
  public static PeerChoice look(
      Set<Model> wanted, String workload, PeerRuntimes runtimes, Consumer<String> skipped) {
    List<Peer> peers = new ArrayList<>();
    Set<Model> absent = new TreeSet<>();
    for (Model model : new TreeSet<>(wanted)) {
      switch (runtimes.find(model, workload)) {
        case Found.Present(Peer peer) -> peers.add(peer);
        case Found.Absent(String reason) -> {
          absent.add(model);
          skipped.accept(line(model, reason));
        }
      }
    }
    return new PeerChoice(peers, absent);
  }

  /// What each peer needs for the task times of a plan's cells.
  ///
  /// @param calibrations of those that reach them all
  /// @param unfit those that do not
  public record Work(List<Calibration> calibrations, Set<Model> unfit) {
    public Work {
      calibrations = List.copyOf(calibrations);
      unfit = Set.copyOf(unfit);
    }
  }

  /// Calibrates all peers. Takes some ten seconds for each peer that is not known yet.
  ///
  /// @param skipped told a line for each that cannot make some task time
  public Work calibrate(RunPreparation preparation, Plan plan, Consumer<String> skipped) {
    List<Calibration> calibrations = new ArrayList<>();
    Set<Model> unfit = new TreeSet<>();
    for (Peer peer : peers) {
      List<Calibration> found = new ArrayList<>();
      String reason = calibrate(preparation, peer, plan, found);
      if (reason == null) {
        calibrations.addAll(found);
      } else {
        unfit.add(peer.model());
        skipped.accept(line(peer.model(), reason));
      }
    }
    return new Work(calibrations, unfit);
  }

  /// Calibrates one peer for every cell; says why if it cannot take part.
  private static @Nullable String calibrate(
      RunPreparation preparation, Peer peer, Plan plan, List<Calibration> into) {
    try {
      String workload = plan.workload();
      for (Result result :
          preparation.calibrations(workload, peer, () -> new PeerLaunch(peer, workload))) {
        if (result.reach() != Reach.REACHED) {
          return unreachable(result.calibration());
        }
        into.add(result.calibration());
      }
      return null;
    } catch (RuntimeFailedException e) {
      return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }
  }

  private static String unreachable(Calibration found) {
    return "a message of %s takes it %s at least, expected tasks of %s; raise --task or lower --sizes"
        .formatted(
            Quantity.size(found.messageBytes()),
            Quantity.chosenTime(found.achievedNanos()),
            Quantity.exactTime(found.wantedNanos()));
  }

  /// Makes sure that the peers a run began with are the ones that are here.
  ///
  /// @throws BadRequestException if one is gone or another version
  public static void check(List<Calibration> calibrations, PeerRuntimes runtimes) {
    for (Calibration calibration : calibrations) {
      Peer begun = calibration.peer();
      if (begun != null
          && !(runtimes.find(begun.model(), calibration.workload())
                  instanceof Found.Present(Peer here)
              && here.equals(begun))) {
        throw new BadRequestException(
            "expected %s %s at %s, which the run began with, found it gone or changed; put it back, or begin a new run"
                .formatted(begun.model().id(), begun.version(), begun.command()));
      }
    }
  }

  private static String line(Model model, String reason) {
    return "peer %s is skipped: %s".formatted(model.id(), reason);
  }
}
