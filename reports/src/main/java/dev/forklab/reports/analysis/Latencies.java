package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.TrialRounds.Stint;
import dev.forklab.reports.stats.QuantileDraws;
import dev.forklab.reports.stats.QuantileDraws.Counted;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// The latency trials of a run, their histograms read once.
///
/// Only rounds that hold every model of a trial are used, so that all models are compared over the
/// same rounds.
final class Latencies {

  /// The percentiles that have intervals, as shares.
  private static final double[] SHARES = {0.5, 0.9, 0.99};

  private final CellTrials trials;
  private final Map<TrialRounds, Map<Model, QuantileDraws>> drawn =
      Collections.synchronizedMap(new IdentityHashMap<>());
  private final Map<Cell, Map<Model, Histogram>> all = new ConcurrentHashMap<>();
  private final AtomicInteger unreadable = new AtomicInteger();

  Latencies(CellTrials trials) {
    this.trials = trials;
    // Cells side by side: what is written of one is read and written by nobody else meanwhile.
    trials.byCell().values().parallelStream().forEach(ofCell -> ofCell.forEach(this::read));
  }

  CellTrials trials() {
    return trials;
  }

  /// How many histograms could not be read.
  int unreadable() {
    return unreadable.get();
  }

  /// What is known of one model's latencies in one trial.
  Optional<QuantileDraws> of(TrialRounds trial, Model model) {
    return Optional.ofNullable(drawn.getOrDefault(trial, Map.of()).get(model));
  }

  /// All of one model's latencies in one cell.
  Histogram all(Cell cell, Model model) {
    return all.computeIfAbsent(cell, _ -> new HashMap<>())
        .computeIfAbsent(model, _ -> new Histogram(3));
  }

  private void read(TrialRounds trial) {
    List<Map<Model, Stint>> whole = wholeRounds(trial);
    if (whole.isEmpty()) {
      return;
    }
    Map<Model, QuantileDraws> byModel = new HashMap<>();
    long seed = trial.trial().planned().seed();
    for (Model model : whole.getFirst().keySet()) {
      Histogram merged = all(trial.trial().planned().cell(), model);
      List<Counted> values = new ArrayList<>();
      for (int round = 0; round < whole.size(); round++) {
        for (String encoded : whole.get(round).getOrDefault(model, NONE).latencies()) {
          add(encoded, round, merged, values);
        }
      }
      if (!values.isEmpty()) {
        byModel.put(model, QuantileDraws.of(values, whole.size(), SHARES, seed));
      }
    }
    drawn.put(trial, byModel);
  }

  private static final Stint NONE = new Stint(List.of(), List.of(), 0, 0, -1, List.of());

  private static List<Map<Model, Stint>> wholeRounds(TrialRounds trial) {
    int models = trial.rounds().stream().mapToInt(Map::size).max().orElse(0);
    return trial.rounds().stream()
        .filter(round -> round.size() == models)
        .filter(round -> round.values().stream().mapToInt(Stint::slices).distinct().count() == 1)
        .toList();
  }

  private void add(String encoded, int round, Histogram merged, List<Counted> values) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
      Histogram slice = Histogram.decodeFromCompressedByteBuffer(bytes, 0);
      // Not its own iterator, nor `add`: they walk all that is empty below the least.
      long most = slice.getMaxValue();
      for (long value = slice.getMinValue();
          value <= most;
          value = slice.nextNonEquivalentValue(value)) {
        long count = slice.getCountAtValue(value);
        if (count > 0) {
          merged.recordValueWithCount(value, count);
          values.add(new Counted(slice.medianEquivalentValue(value), count, round));
        }
      }
    } catch (DataFormatException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // One damaged histogram must not cost the report; it is counted, and warned of.
      unreadable.incrementAndGet();
    }
  }
}
