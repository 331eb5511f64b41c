package dev.forklab.reports.faults;

import dev.forklab.results.Fault;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.FaultTrial.Counts;
import dev.forklab.results.FaultTrial.Latency;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/// What a fault cost with one model, in one way of running it.
///
/// @param trials those with a result, at least one
public record FaultCell(Fault fault, Model model, Way way, List<FaultTrial> trials) {

  private static final double BUSY_CPUS = 0.3;
  private static final int MORE_THREADS = 20;
  private static final int MORE_DESCRIPTORS = 20;
  private static final long MORE_BYTES = 24L << 20;

  public FaultCell {
    trials = List.copyOf(trials);
    if (trials.isEmpty()) {
      throw new IllegalArgumentException("expected a trial of " + fault.id() + ", found none");
    }
  }

  /// What became of the service.
  public enum Fate {
    /// Its process lived through all trials.
    SURVIVED("survives"),
    /// Its process ended at least once, and was started again each time.
    RESTARTED("is restarted"),
    /// It was dead at the end of at least one trial.
    DEAD("is dead");

    private final String words;

    Fate(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  public Fate fate() {
    if (trials.stream().anyMatch(trial -> !trial.lifecycle().alive())) {
      return Fate.DEAD;
    }
    return trials.stream().anyMatch(trial -> trial.lifecycle().serviceDeaths() > 0)
        ? Fate.RESTARTED
        : Fate.SURVIVED;
  }

  /// Tasks that were not answered right and in time, those that carried the fault aside.
  public Span missed() {
    return tasks(counts -> counts.submitted() - counts.right());
  }

  /// How many tasks had this fate.
  public Span tasks(ToIntFunction<Counts> which) {
    return span(trial -> which.applyAsInt(trial.counts()));
  }

  Span wrong() {
    return tasks(Counts::wrong);
  }

  /// Whether the service was well again within the time watched, in all trials.
  public boolean recovered() {
    return trials.stream().noneMatch(trial -> trial.recoveredNanos() == FaultTrial.NEVER);
  }

  /// How long it was not well, in nanoseconds, of the trials in which it was well again.
  public Span recoveryNanos() {
    return Span.of(
        trials.stream()
            .mapToDouble(FaultTrial::recoveredNanos)
            .filter(nanos -> nanos >= 0)
            .toArray());
  }

  /// A 99th percentile, in nanoseconds, of the trials in which there is one.
  public Span p99(ToLongFunction<Latency> which) {
    return Span.of(
        trials.stream()
            .mapToLong(trial -> which.applyAsLong(trial.latency()))
            .filter(nanos -> nanos >= 0)
            .asDoubleStream()
            .toArray());
  }

  /// CPUs that are still busy for nobody.
  public Span idleCpus() {
    return span(FaultTrial::idleCpus);
  }

  public Span moreThreads() {
    return span(trial -> trial.after().threads() - trial.before().threads());
  }

  public Span moreDescriptors() {
    return span(trial -> trial.after().descriptors() - trial.before().descriptors());
  }

  public Span moreBytes() {
    return span(trial -> trial.after().memoryBytes() - trial.before().memoryBytes());
  }

  private Span span(ToDoubleFunction<FaultTrial> of) {
    return Span.of(trials.stream().mapToDouble(of).toArray());
  }

  public boolean burnsCpu() {
    return fate() != Fate.DEAD && idleCpus().middle() >= BUSY_CPUS;
  }

  public boolean holdsThreads() {
    return fate() != Fate.DEAD && moreThreads().middle() >= MORE_THREADS;
  }

  public boolean holdsDescriptors() {
    return fate() != Fate.DEAD && moreDescriptors().middle() >= MORE_DESCRIPTORS;
  }

  public boolean holdsMemory() {
    return fate() != Fate.DEAD && moreBytes().middle() >= MORE_BYTES;
  }

  /// Whether wrong replies went on to the end.
  public boolean staysWrong() {
    return wrong().middle() > 0 && !recovered();
  }

  /// Whether anything of the fault is still there at the end.
  public boolean leavesSomething() {
    return burnsCpu() || holdsThreads() || holdsDescriptors() || holdsMemory() || staysWrong();
  }

  /// Whether nobody has to do anything: the service is well again by itself and nothing is left.
  public boolean heals() {
    return fate() != Fate.DEAD && recovered() && !leavesSomething();
  }
}
