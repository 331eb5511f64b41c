package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;

/// The words for things that appear in several tables.
final class Phrases {

  private Phrases() {}

  /// A model's name, with its color on the page.
  static Entry model(Model model) {
    return new Entry(model.id(), "model m-" + model.id());
  }

  /// Words after a caption, or nothing.
  static String inBrackets(String words) {
    return words.isEmpty() ? "" : " (" + words + ")";
  }

  static String direction(Metric metric) {
    return metric == Metric.THROUGHPUT ? "above 1 is better" : "below 1 is better";
  }

  /// A verdict as a sign and a word, so that neither color nor sign alone carries it.
  static String verdict(Metric metric, Verdict verdict) {
    boolean time = metric == Metric.LATENCY_P50 || metric == Metric.LATENCY_P99;
    boolean cpu = metric == Metric.CPU_PER_TASK;
    return switch (verdict) {
      case FASTER -> cpu ? "▲ less" : time ? "▲ quicker" : "▲ faster";
      case SLOWER -> cpu ? "▼ more" : "▼ slower";
      case SAME -> "= same";
      case INCONCLUSIVE -> "? inconclusive";
      case UNMEASURED -> "? " + Verdict.UNMEASURED_WORDS;
    };
  }

  static String style(Verdict verdict) {
    return switch (verdict) {
      case FASTER -> "verdict better";
      case SLOWER -> "verdict worse";
      case SAME -> "verdict same";
      case INCONCLUSIVE, UNMEASURED -> "verdict open";
    };
  }

  static String phase(Phase phase) {
    return switch (phase) {
      case IDLE -> "idle";
      case LOADED -> "loaded";
    };
  }
}
