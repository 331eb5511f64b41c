package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.OpenLoop;
import dev.forklab.results.Trial;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// The open-loop trials of a run: the same model at the same share of its capacity, put together.
final class OpenLoops {

  private record Key(Cell cell, Model model, double load) {}

  /// A stretch of the trial of that index.
  private record Placed(OpenLoop stretch, int trial) {}

  private OpenLoops() {}

  static List<OpenLoopResult> of(List<Trial> trials) {
    Map<Key, List<Placed>> stretches = new LinkedHashMap<>();
    for (Trial trial : trials) {
      for (OpenLoop stretch : trial.openLoop()) {
        if (stretch.wrongReplies() == 0) {
          Key key = new Key(trial.planned().cell(), stretch.model(), stretch.load());
          Placed placed = new Placed(stretch, trial.planned().index());
          stretches.computeIfAbsent(key, _ -> new ArrayList<>()).add(placed);
        }
      }
    }
    return stretches.entrySet().stream()
        .map(entry -> result(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingDouble(OpenLoopResult::load).thenComparing(OpenLoopResult::model))
        .toList();
  }

  private static OpenLoopResult result(Key key, List<Placed> placed) {
    List<OpenLoop> stretches = placed.stream().map(Placed::stretch).toList();
    Histogram merged = new Histogram(3);
    List<Histogram> each = stretches.stream().map(stretch -> decode(stretch.latency())).toList();
    each.forEach(merged::add);
    LongSummaryStatistics p99 =
        each.stream().mapToLong(one -> one.getValueAtPercentile(99)).summaryStatistics();
    return new OpenLoopResult(
        key.cell(),
        key.model(),
        key.load(),
        stretches.stream().mapToDouble(OpenLoop::capacity).average().orElse(0),
        stretches.stream().mapToDouble(OpenLoop::offered).average().orElse(0),
        stretches.stream().mapToDouble(OpenLoop::achieved).average().orElse(0),
        merged.getValueAtPercentile(50),
        merged.getValueAtPercentile(90),
        merged.getValueAtPercentile(99),
        p99.getMin(),
        p99.getMax(),
        merged.getMaxValue(),
        merged.getTotalCount(),
        stretches.size(),
        (int) placed.stream().map(Placed::trial).distinct().count());
  }

  /// A damaged histogram must not cost the report: it counts no task.
  private static Histogram decode(String encoded) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(encoded)), 0);
    } catch (DataFormatException | IllegalArgumentException | IndexOutOfBoundsException _) {
      return new Histogram(3);
    }
  }
}
