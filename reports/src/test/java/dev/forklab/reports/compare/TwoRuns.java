package dev.forklab.reports.compare;

import dev.forklab.reports.analysis.Aspect;
import dev.forklab.reports.analysis.Evidence;
import dev.forklab.reports.analysis.RunNumbers;
import dev.forklab.reports.analysis.RunNumbers.Subject;
import dev.forklab.reports.analysis.TaskTimes;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Host;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.sample.SampleRuns;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs with exactly the numbers that a test gives them.
final class TwoRuns {

  static final Cell BASE = SampleRuns.cell(2, 4096);
  static final Cell LARGE = SampleRuns.cell(2, 1 << 20);

  private final String name;
  private final Map<Subject, Evidence> numbers = new LinkedHashMap<>();
  private Run run = SampleRuns.run(SampleRuns.MODELS);
  private double taskNanos = 1_000_000;

  TwoRuns(String name) {
    this.name = name;
  }

  TwoRuns of(Run other) {
    run = other;
    return this;
  }

  TwoRuns on(Host host) {
    return of(SampleRuns.run(SampleRuns.MODELS, host));
  }

  TwoRuns iterations(int iterations) {
    List<Calibration> calibrations =
        run.calibrations().stream()
            .map(one ->
                new Calibration(
                    one.workload(),
                    one.messageBytes(),
                    one.wantedNanos(),
                    iterations,
                    one.achievedNanos(),
                    one.spread()))
            .toList();
    return of(run.with(calibrations));
  }

  TwoRuns taskNanos(double nanos) {
    taskNanos = nanos;
    return this;
  }

  /// @param against null for an absolute number
  TwoRuns number(
      Aspect aspect, Cell cell, Model model, @Nullable Model against, double value, double error) {
    return number(aspect, cell, model, against, value, error, 0);
  }

  TwoRuns number(
      Aspect aspect,
      Cell cell,
      Model model,
      @Nullable Model against,
      double value,
      double error,
      double floor) {
    numbers.put(
        new Subject(aspect, cell, model, Optional.ofNullable(against)),
        new Evidence(new StudentEstimate(Math.log(value), error, 1e6, 4), floor, true));
    return this;
  }

  RunNumbers numbers() {
    Map<Cell, Double> reached = new HashMap<>();
    run.plan().cells().forEach(cell -> reached.put(cell, taskNanos));
    return new RunNumbers(name, run, new TaskTimes(reached), numbers);
  }
}
