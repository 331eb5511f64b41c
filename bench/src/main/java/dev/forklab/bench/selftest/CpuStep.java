package dev.forklab.bench.selftest;

import dev.forklab.bench.experiment.ComparisonText;
import dev.forklab.bench.host.CpuClock;
import dev.forklab.bench.instrument.Burn;
import dev.forklab.bench.instrument.SpinnerProcess;
import dev.forklab.bench.jmh.ExtraFlags;
import dev.forklab.bench.selftest.Workbench.Measured;
import dev.forklab.bench.selftest.Workbench.Setting;
import dev.forklab.bench.selftest.Workbench.Work;
import dev.forklab.reports.stats.RatioOfSums;
import dev.forklab.reports.stats.TrialMean;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Slice;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lab's CPU clock against the kernel's own figures, and CPU time per task against tasks that
/// burn a known CPU time.
///
/// Two task times are measured, and what differs between them is judged: so what a task costs
/// beside its burning, which is no error, is left out. It is not quite the same in both. By
/// `/proc/PID/task/TID/schedstat`, submitting and receiving a task of 10 ms takes 0.1 ms more than
/// one of 5 ms, in caches that are colder; against a difference of 30 ms that is little. The JVMs
/// compile with their first compiler only, since the second goes on for as long as a trial lasts (1
/// to 2% of the tree's CPU time): rightly counted in a run, but it grows with time and not with
/// tasks.
final class CpuStep {

  /// Not `virtual`: a virtual thread has no CPU clock of its own to burn by.
  static final List<Model> MODELS = List.of(Model.THREADS, Model.FORK);

  static final double TOLERANCE = 0.02;

  private static final String NAME = "cpu";
  private static final int MESSAGE_BYTES = 64;
  private static final long SHORT_NANOS = 5_000_000;
  private static final long LONG_NANOS = 35_000_000;

  private static final ExtraFlags FIRST_COMPILER =
      new ExtraFlags(List.of("-XX:TieredStopAtLevel=1"), List.of("-XX:TieredStopAtLevel=1"));

  private static final int SPINNING_THREADS = 2;
  private static final long SPINNING_MILLIS = 1000;

  /// Two readings of `utime + stime`, each in ticks of 10 ms.
  private static final double TICKS_NANOS = 20_000_000;

  private CpuStep() {}

  static Plan plan(Trials trials, int cpus) {
    return trials.of(
        Burn.class.getName(),
        TrialKind.THROUGHPUT,
        List.of(cell(cpus, SHORT_NANOS), cell(cpus, LONG_NANOS)),
        MODELS,
        Trials.budget(100, 500, 8000));
  }

  private static Cell cell(int cpus, long taskNanos) {
    return new Cell(cpus, cpus, MESSAGE_BYTES, taskNanos);
  }

  static List<Check> run(Workbench bench, Trials trials, int cpus) throws IOException {
    List<Check> checks = new ArrayList<>(List.of(spinner()));
    Measured measured =
        bench.measure(NAME, plan(trials, cpus), Work.microseconds(), Setting.of(FIRST_COMPILER));
    checks.addAll(judge(measured));
    return checks;
  }

  /// A process of known CPU time, seen by the lab's clock, by `/proc/PID/stat` and by its threads.
  private static Check spinner() throws IOException {
    String claim = "CPU clock of a process";
    try (SpinnerProcess spinner = SpinnerProcess.start(SPINNING_THREADS)) {
      CpuClock clock = CpuClock.of(List.of(spinner.pid()));
      Optional<Long> kernelBefore = kernelNanos(spinner.pid());
      long before = clock.nanos();
      spinner.burn(SPINNING_MILLIS);
      long burnt = spinner.burnt();
      long lab = clock.nanos() - before;
      Optional<Long> kernelAfter = kernelNanos(spinner.pid());
      if (kernelBefore.isEmpty() || kernelAfter.isEmpty()) {
        return Check.notMeasured(
            Step.CPU, claim, "what the kernel says", "no /proc/PID/stat on this system");
      }
      return judgeClock(lab, kernelAfter.get() - kernelBefore.get(), burnt);
    }
  }

  /// What the JVM has done beside burning is no error of the clock: the kernel has counted it too.
  static Check judgeClock(long lab, long kernel, long burnt) {
    double tolerance = TICKS_NANOS + TOLERANCE * burnt;
    boolean held = Math.abs(lab - kernel) <= tolerance && lab >= burnt;
    return Check.of(
        Step.CPU,
        "CPU clock of a process",
        ComparisonText.format(
            "%.0f ms by the kernel's count, %.0f ms burnt by its threads; ± %.0f ms",
            kernel / 1e6, burnt / 1e6, tolerance / 1e6),
        ComparisonText.format("%.1f ms", lab / 1e6),
        held,
        Map.of("lab", (double) lab, "kernel", (double) kernel, "burnt", (double) burnt));
  }

  /// `utime + stime` of proc_pid_stat(5), whose ticks are 10 ms.
  private static Optional<Long> kernelNanos(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000_000);
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // another system, or closed to us: said as "not measured"
    }
  }

  static List<Check> judge(Measured measured) {
    String failure = measured.failure();
    if (failure != null) {
      return List.of(Check.failed(Step.CPU, "CPU time per task", "a measurement", failure));
    }
    return MODELS.stream().map(model -> judge(model, measured.trials())).toList();
  }

  private static Check judge(Model model, List<Trial> trials) {
    String claim = "30 ms more CPU time in each task, " + model.id();
    TrialMean shorter = cpuNanos(trials, model, SHORT_NANOS);
    TrialMean longer = cpuNanos(trials, model, LONG_NANOS);
    double difference = longer.value() - shorter.value();
    double truth = LONG_NANOS - SHORT_NANOS;
    double error = Math.sqrt(shorter.variance() + longer.variance());
    String expected =
        ComparisonText.format("30 ms ± %.0f%% ± %.2f ms", 100 * TOLERANCE, 2 * error / 1e6);
    if (Double.isNaN(difference)) {
      return Check.notMeasured(Step.CPU, claim, expected, "no CPU time on this system");
    }
    return Check.of(
        Step.CPU,
        claim,
        expected,
        ComparisonText.format(
            "%.3f ms (tasks of 5 ms: %.3f ms; of 35 ms: %.3f ms)",
            difference / 1e6, shorter.value() / 1e6, longer.value() / 1e6),
        Math.abs(difference - truth) <= TOLERANCE * truth + 2 * error,
        Map.of("shorter", shorter.value(), "longer", longer.value()));
  }

  /// In nanoseconds a task; NaN if unknown.
  private static TrialMean cpuNanos(List<Trial> trials, Model model, long taskNanos) {
    List<Slice> slices =
        trials.stream()
            .filter(trial -> trial.planned().cell().taskNanos() == taskNanos)
            .flatMap(trial -> trial.slices().stream())
            .filter(slice -> slice.model() == model && !slice.warmup() && slice.cpuNanos() >= 0)
            .toList();
    TrialMean log =
        RatioOfSums.log(
            slices.stream().mapToDouble(Slice::cpuNanos).toArray(),
            slices.stream().mapToDouble(Slice::operations).toArray());
    double nanos = Math.exp(log.value());
    return new TrialMean(nanos, nanos * nanos * log.variance(), log.degreesOfFreedom());
  }
}
