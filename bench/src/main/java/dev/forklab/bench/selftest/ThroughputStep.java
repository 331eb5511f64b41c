package dev.forklab.bench.selftest;

import dev.forklab.bench.experiment.ComparisonText;
import dev.forklab.bench.instrument.Tally;
import dev.forklab.bench.jmh.ExtraFlags;
import dev.forklab.bench.jmh.TaskCalls;
import dev.forklab.bench.selftest.Workbench.Measured;
import dev.forklab.bench.selftest.Workbench.Setting;
import dev.forklab.reports.stats.Moments;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Slice;
import dev.forklab.results.TrialKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The lab's count and clock against those of the workload itself, in the workers: each call of a
/// [Tally] notes when it ended.
///
/// The count must agree to the task. The rate is compared over the same tasks: from the end of the
/// task whose reply started a slice's clock to the end of the one whose reply stopped it.
final class ThroughputStep {

  static final List<Model> MODELS = List.of(Model.THREADS, Model.FORK);

  /// The two clocks see the same tasks, but one at the worker and one at the submitter: a reply on
  /// its way may be held up, which the standard error of so many slices tells.
  static final double TOLERANCE = 0.01;

  private static final double STANDARD_ERRORS = 3;

  /// As short as those of a usual run: what is off by the same time in every slice shows most
  /// there.
  private static final long SLICE_MILLIS = 25;

  private ThroughputStep() {}

  static Plan plan(Trials trials, Cell cell, Model model) {
    return trials.of(
        Tally.class.getName(),
        TrialKind.THROUGHPUT,
        List.of(cell),
        List.of(model),
        Trials.budget(SLICE_MILLIS, 1000, 5000));
  }

  /// @param sealed how much work the seal needs
  static List<Check> run(Workbench bench, Trials trials, Cell cell, Workbench.Work sealed)
      throws IOException {
    List<Check> checks = new ArrayList<>();
    for (Model model : MODELS) {
      String name = "throughput-" + model.id();
      Path folder = bench.folder(name).toAbsolutePath();
      if (!bench.hasBegun(name)) {
        Tally.clear(folder);
      }
      String tally = "-D" + Tally.FOLDER + "=" + folder;
      List<String> flags = List.of(tally); // Not of the rehearsal before: only trials are counted.
      Measured measured =
          bench.measure(
              name,
              plan(trials, cell, model),
              it -> calibrations(it, sealed),
              Setting.of(new ExtraFlags(flags, flags)));
      String failure = measured.failure();
      checks.addAll(
          failure == null
              ? judge(model, measured, Tally.read(folder))
              : List.of(
                  Check.failed(Step.THROUGHPUT, "calls, " + model.id(), "a measurement", failure)));
    }
    return checks;
  }

  /// As much work as the seal needs for the task time.
  private static List<Calibration> calibrations(Plan plan, Workbench.Work sealed) {
    return sealed.calibrations(plan).stream()
        .map(it ->
            new Calibration(
                plan.workload(),
                it.messageBytes(),
                it.wantedNanos(),
                it.iterations(),
                it.achievedNanos(),
                it.spread()))
        .toList();
  }

  static List<Check> judge(Model model, Measured measured, long[] ends) {
    List<Slice> slices = measured.trials().getFirst().slices();
    TaskCalls calls = TaskCalls.of(measured.run().plan(), measured.run().plan().cells().getFirst());
    long expected = calls.beforehand() + slices.stream().mapToLong(calls::of).sum();
    Check count =
        Check.of(
            Step.THROUGHPUT,
            "tasks counted in the workers, " + model.id(),
            expected + ", exactly",
            String.valueOf(ends.length),
            ends.length == expected,
            Map.of("expected", (double) expected, "found", (double) ends.length));
    return count.outcome() == Check.Outcome.HELD
        ? List.of(count, rate(model, slices, calls, ends))
        : List.of(count);
  }

  private static Check rate(Model model, List<Slice> slices, TaskCalls calls, long[] ends) {
    long operations = 0;
    long insideNanos = 0;
    long outsideNanos = 0;
    List<Double> offs = new ArrayList<>();
    long at = calls.beforehand();
    for (Slice slice : slices) {
      if (!slice.warmup()) {
        int first = Math.toIntExact(at + calls.window() - 1);
        int last = Math.toIntExact(first + slice.operations());
        outsideNanos += ends[last] - ends[first];
        insideNanos += slice.nanos();
        operations += slice.operations();
        offs.add((double) (ends[last] - ends[first] - slice.nanos()));
      }
      at += calls.of(slice);
    }
    double inside = operations * 1e9 / insideNanos;
    double outside = operations * 1e9 / outsideNanos;
    double error = standardErrorOfSum(offs) / outsideNanos;
    double tolerance = TOLERANCE + STANDARD_ERRORS * error;
    return Check.of(
        Step.THROUGHPUT,
        "tasks per second, " + model.id(),
        ComparisonText.format("%.1f ± %.1f%% by the workers' clocks", outside, 100 * tolerance),
        ComparisonText.format("%.1f (%+.2f%%)", inside, 100 * (inside / outside - 1)),
        Math.abs(inside / outside - 1) <= tolerance,
        Map.of("inside", inside, "outside", outside, "error", error));
  }

  /// Slices are as independent as what disturbs them.
  private static double standardErrorOfSum(List<Double> values) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    return all.length < 2 ? 0 : Math.sqrt(all.length * Moments.variance(all));
  }
}
