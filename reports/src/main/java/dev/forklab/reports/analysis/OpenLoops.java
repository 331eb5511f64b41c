package dev.forklab.reports.analysis;

import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.OpenLoop;
import dev.forklab.reports.results.Trial;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// The open-loop trials of a run: the same model at the same share of its capacity, put together.
final class OpenLoops {

  private record Key(Cell cell, Model model, double load) {}

  private OpenLoops() {}

  static List<OpenLoopResult> of(List<Trial> trials) {
    Map<Key, List<OpenLoop>> stretches = new LinkedHashMap<>();
    for (Trial trial : trials) {
      for (OpenLoop stretch : trial.openLoop()) {
        if (stretch.wrongReplies() == 0) {
          Key key = new Key(trial.planned().cell(), stretch.model(), stretch.load());
          stretches.computeIfAbsent(key, _ -> new ArrayList<>()).add(stretch);
        }
      }
    }
    return stretches.entrySet().stream()
        .map(entry -> result(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing(OpenLoopResult::model).thenComparingDouble(OpenLoopResult::load))
        .toList();
  }

  private static OpenLoopResult result(Key key, List<OpenLoop> stretches) {
    Histogram merged = new Histogram(3);
    merged.setAutoResize(true);
    stretches.forEach(stretch -> merged.add(decode(stretch.latency())));
    return new OpenLoopResult(
        key.cell(),
        key.model(),
        key.load(),
        stretches.stream().mapToDouble(OpenLoop::offered).average().orElse(0),
        stretches.stream().mapToDouble(OpenLoop::achieved).average().orElse(0),
        merged.getValueAtPercentile(50),
        merged.getValueAtPercentile(90),
        merged.getValueAtPercentile(99),
        merged.getMaxValue(),
        merged.getTotalCount(),
        stretches.size());
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
