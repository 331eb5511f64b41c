package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.TrialMean;
import dev.forklab.reports.stats.TwoLevel;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One percentile of closed-loop latency.
///
/// @param share which one: [#P50], [#P90] or [#P99]
record LatencyQuantile(Latencies latencies, Metric metric, int share) implements Measurements {

  static final int P50 = 0;
  static final int P90 = 1;
  static final int P99 = 2;

  @Override
  public Map<Cell, StudentEstimate> of(Model model) {
    return latencies
        .trials()
        .estimate(
            trial -> latencies.of(trial, model).map(drawn -> drawn.quantile(share)),
            cells -> estimate(cells, Launches.OF_ABSOLUTES));
  }

  @Override
  public Map<Cell, StudentEstimate> ratio(Model model, Model against) {
    return latencies
        .trials()
        .estimate(
            trial ->
                latencies
                    .of(trial, model)
                    .flatMap(one ->
                        latencies.of(trial, against).map(other -> one.difference(other, share))),
            cells -> estimate(cells, Launches.ofLatencyRatios(model, against)));
  }

  /// A percentile that rests on too few tasks keeps its value and loses its interval.
  private static List<StudentEstimate> estimate(List<List<TrialMean>> cells, TwoLevel.Prior prior) {
    List<StudentEstimate> estimates = TwoLevel.estimate(cells, prior);
    return IntStream.range(0, cells.size())
        .mapToObj(cell -> {
          boolean firm =
              cells.get(cell).stream().allMatch(trial -> Double.isFinite(trial.variance()));
          StudentEstimate found = estimates.get(cell);
          return firm
              ? found
              : new StudentEstimate(found.value(), Double.NaN, Double.NaN, found.samples());
        })
        .toList();
  }
}
