package dev.forklab.reports.faults;

import dev.forklab.results.Fault;
import dev.forklab.results.FaultDirectory;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.FaultRun;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.FaultTrial.Counts;
import dev.forklab.results.FaultTrial.Held;
import dev.forklab.results.FaultTrial.Latency;
import dev.forklab.results.FaultTrial.Lifecycle;
import dev.forklab.results.FaultTrial.Moment;
import dev.forklab.results.Host;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs of faults whose results are known.
public final class MadeFaults {

  private static final long MILLI = 1_000_000;
  private static final int SUBMITTED = 1000;
  private static final Held USUAL = new Held(3, 100L << 20, 40, 60);

  private final List<FaultTrial> trials = new ArrayList<>();

  /// Forked processes go on through everything, threads through nothing.
  public static FaultFindings usual() {
    MadeFaults made = new MadeFaults();
    for (Way way : Way.values()) {
      made.survived(Fault.EXIT, Model.FORK, way, 1)
          .died(Fault.EXIT, Model.THREADS, way)
          .survived(Fault.LOOP, Model.FORK, way, 2)
          .stuck(Fault.LOOP, Model.THREADS, way)
          .survived(Fault.LEAK, Model.FORK, way, 4)
          .died(Fault.LEAK, Model.THREADS, way);
    }
    return made.findings();
  }

  /// The service went on, and was well again after a while.
  public MadeFaults survived(Fault fault, Model model, Way way, int missed) {
    return add(
        fault, model, way, missed, 0, 200 * MILLI, new Lifecycle(0, 0, 1, true), USUAL, 0.01);
  }

  /// It was not impressed at all.
  public MadeFaults untouched(Fault fault, Model model, Way way) {
    return add(fault, model, way, 0, 0, 0, new Lifecycle(0, 0, 0, true), USUAL, 0);
  }

  /// Its process ended; in production it was started again.
  public MadeFaults died(Fault fault, Model model, Way way) {
    boolean again = way == Way.PRODUCTION;
    return add(
        fault,
        model,
        way,
        300,
        0,
        again ? 900 * MILLI : FaultTrial.NEVER,
        new Lifecycle(1, again ? 1 : 0, 0, again),
        again ? USUAL : Held.NOTHING,
        0);
  }

  /// It lives, and is not well again, and keeps a CPU busy.
  public MadeFaults stuck(Fault fault, Model model, Way way) {
    return add(
        fault, model, way, 400, 0, FaultTrial.NEVER, new Lifecycle(0, 0, 0, true), USUAL, 1.0);
  }

  /// Its replies are wrong from then on.
  public MadeFaults wrong(Fault fault, Model model, Way way) {
    return add(
        fault, model, way, 500, 500, FaultTrial.NEVER, new Lifecycle(0, 0, 0, true), USUAL, 0);
  }

  /// A trial without a result.
  public MadeFaults failed(Fault fault, Model model, Way way) {
    trials.add(
        FaultTrial.failed(
            new PlannedFault(trials.size(), fault, model, way, 1), "no evidence <b>", 1));
    return this;
  }

  private MadeFaults add(
      Fault fault,
      Model model,
      Way way,
      int missed,
      int wrong,
      long recovered,
      Lifecycle lifecycle,
      Held after,
      double idleCpus) {
    trials.add(
        new FaultTrial(
            FaultDirectory.SCHEMA,
            new PlannedFault(trials.size(), fault, model, way, 1),
            null,
            "seen to happen",
            4000 * MILLI,
            700,
            1000,
            new Counts(SUBMITTED, SUBMITTED - missed, wrong, 0, missed - wrong, 0),
            new Latency(4 * MILLI, 80 * MILLI, 5 * MILLI),
            recovered,
            lifecycle,
            USUAL,
            after,
            idleCpus,
            moments(missed)));
    return this;
  }

  private static List<Moment> moments(int missed) {
    List<Moment> moments = new ArrayList<>();
    for (int k = -5; k < 10; k++) {
      boolean bad = missed > 0 && k >= 0 && k < 2;
      moments.add(new Moment(k * 100L * MILLI, 70, bad ? 10 : 70, (bad ? 90 : 4) * MILLI));
    }
    return moments;
  }

  public List<FaultTrial> trials() {
    return List.copyOf(trials);
  }

  public FaultRun run() {
    return new FaultRun(
        FaultDirectory.SCHEMA,
        "0.1.0",
        1_764_000_000_000L,
        "lab faults --seed 1",
        new FaultPlan(
            1,
            "seal",
            List.of(),
            4000,
            2 * MILLI,
            4096,
            2,
            144L << 20,
            600_000 * MILLI,
            trials.stream().map(FaultTrial::planned).toList()),
        new Host("Linux", "An example CPU", 2, 8L << 30, "Temurin 25", Map.of(), List.of()));
  }

  public FaultFindings findings() {
    return FaultFindings.of(run(), trials());
  }
}
