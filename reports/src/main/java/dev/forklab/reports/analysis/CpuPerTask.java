package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.TrialRounds.Stint;
import dev.forklab.reports.stats.RatioOfSums;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.TrialMean;
import dev.forklab.reports.stats.TwoLevel;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// CPU time of the whole process tree per task, from totals: its clock may be coarse.
record CpuPerTask(CellTrials trials) implements Measurements {

  @Override
  public Metric metric() {
    return Metric.CPU_PER_TASK;
  }

  @Override
  public Map<Cell, StudentEstimate> of(Model model) {
    return trials.estimate(
        trial -> total(trial.stints(model).stream().filter(CpuPerTask::known).toList()),
        cells -> TwoLevel.estimate(cells, Launches.OF_ABSOLUTES));
  }

  @Override
  public Map<Cell, StudentEstimate> ratio(Model model, Model against) {
    return trials.estimate(
        trial -> totals(trial, model, against),
        cells -> TwoLevel.estimate(cells, Launches.ofRatios(model, against)));
  }

  private static Optional<TrialMean> total(List<Stint> stints) {
    return finite(
        RatioOfSums.log(array(stints, Stint::cpuNanos), array(stints, Stint::operations)));
  }

  private static Optional<TrialMean> totals(TrialRounds trial, Model model, Model against) {
    List<TrialRounds.Pair> pairs =
        trial.pairs(model, against).stream()
            .filter(pair -> known(pair.model()) && known(pair.against()))
            .toList();
    List<Stint> ones = pairs.stream().map(TrialRounds.Pair::model).toList();
    List<Stint> others = pairs.stream().map(TrialRounds.Pair::against).toList();
    return finite(
        RatioOfSums.logDifference(
            array(ones, Stint::cpuNanos),
            array(ones, Stint::operations),
            array(others, Stint::cpuNanos),
            array(others, Stint::operations)));
  }

  private static boolean known(Stint stint) {
    return stint.cpuNanos() >= 0;
  }

  private static double[] array(List<Stint> stints, ToDoubleFunction<Stint> of) {
    return stints.stream().mapToDouble(of).toArray();
  }

  private static Optional<TrialMean> finite(TrialMean mean) {
    return Optional.of(mean).filter(found -> Double.isFinite(found.value()));
  }
}
