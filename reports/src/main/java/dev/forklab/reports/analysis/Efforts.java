package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.CellResult.Effort;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What tasks cost beside CPU time, from the throughput trials of a cell: totals over all slices in
/// which a number was counted, divided by the tasks (or the time) of the same slices. Rates of rare
/// things, so totals and no intervals.
record Efforts(CellTrials trials) {

  private static final double MILLIS_PER_NANO = 1e-6;

  Optional<Effort> of(Cell cell, Model model) {
    List<Slice> slices =
        trials.byCell().getOrDefault(cell, List.of()).stream()
            .flatMap(Efforts::slices)
            .filter(slice -> slice.model() == model && !slice.warmup())
            .filter(slice -> slice.effort() != null && slice.operations() > 0)
            .toList();
    return slices.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Effort(
                rate(slices, Slice.Effort::voluntarySwitches, Slice::operations),
                rate(slices, Slice.Effort::involuntarySwitches, Slice::operations),
                rate(
                    slices,
                    Slice.Effort::collectionMillis,
                    slice -> slice.nanos() * MILLIS_PER_NANO),
                rate(slices, Slice.Effort::allocatedBytes, Slice::operations)));
  }

  private static Stream<Slice> slices(TrialRounds trial) {
    Standstill standstill = Standstill.of(trial.trial());
    return trial.trial().slices().stream().filter(slice -> !standstill.disturbed(slice));
  }

  private static double rate(
      List<Slice> slices, ToDoubleFunction<Slice.Effort> of, ToDoubleFunction<Slice> per) {
    double sum = 0;
    double base = 0;
    for (Slice slice : slices) {
      Slice.Effort effort = slice.effort();
      if (effort != null && of.applyAsDouble(effort) >= 0) {
        sum += of.applyAsDouble(effort);
        base += per.applyAsDouble(slice);
      }
    }
    return base > 0 ? sum / base : -1;
  }
}
