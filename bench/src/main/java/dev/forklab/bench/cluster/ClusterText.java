package dev.forklab.bench.cluster;

import static dev.forklab.bench.experiment.ComparisonText.format;

import dev.forklab.bench.experiment.ComparisonText;
import dev.forklab.bench.experiment.NodeComparison;
import dev.forklab.bench.experiment.Sample;
import dev.forklab.bench.experiment.Samples;
import dev.forklab.reports.analysis.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// What was measured, in tables for a terminal.
public final class ClusterText {

  /// Those of which a ratio is made: a count of lost requests may be zero.
  private static final List<ClusterMeasure> COMPARED =
      Arrays.stream(ClusterMeasure.values())
          .filter(measure -> measure != ClusterMeasure.LOST)
          .toList();

  private final NodeComparison<ClusterContestant> result;
  private final Samples<ClusterContestant> samples;
  private final List<ClusterContestant> contestants;

  private ClusterText(NodeComparison<ClusterContestant> result) {
    this.result = result;
    this.samples = result.compared();
    this.contestants = ClusterContestant.measurable(!result.node().isEmpty());
  }

  /// All of it.
  public static String of(NodeComparison<ClusterContestant> result) {
    ClusterText text = new ClusterText(result);
    String values = text.values() + '\n' + text.lost();
    return result.node().isEmpty()
        ? values + "\nno node was found, so there is nothing to compare with\n"
        : values + '\n' + text.ratios();
  }

  private String values() {
    String head =
        "median of slices; %d workers, %d requests under way%n"
            .formatted(ClusterPlan.WORKERS, ClusterPlan.CONNECTIONS);
    return head + row("", contestants, ClusterContestant::label) + rows(contestants, this::value);
  }

  private String ratios() {
    List<ClusterContestant> others =
        contestants.stream().filter(each -> each != ClusterContestant.REFERENCE).toList();
    return "as a ratio to %s (95%% interval)%n".formatted(ClusterContestant.REFERENCE.label())
        + row("", others, ClusterContestant::label)
        + rows(others, this::ratio);
  }

  @FunctionalInterface
  private interface Cell {
    String of(ClusterMeasure measure, ClusterContestant contestant);
  }

  private static String rows(List<ClusterContestant> columns, Cell cell) {
    StringBuilder rows = new StringBuilder();
    for (ClusterMeasure measure : COMPARED) {
      rows.append(row(measure.label(), columns, each -> cell.of(measure, each)));
    }
    return rows.toString();
  }

  private static String row(
      String head, List<ClusterContestant> columns, Function<ClusterContestant, String> cell) {
    return ComparisonText.row(head, columns.stream().map(cell).toList());
  }

  private String value(ClusterMeasure measure, ClusterContestant contestant) {
    var median = samples.median(measure.id(), contestant);
    if (median.isEmpty()) {
      return "-";
    }
    double value = median.getAsDouble();
    return measure.isRate()
        ? format("%.1f k/s", value / 1e3)
        : measure.isTime() ? format("%.2f ms", value / 1e6) : format("%.2f", value);
  }

  private String ratio(ClusterMeasure measure, ClusterContestant contestant) {
    return samples
        .ratio(measure.id(), contestant, ClusterContestant.REFERENCE)
        .map(ClusterText::cell)
        .orElse("-");
  }

  private static String cell(Estimate ratio) {
    return ComparisonText.ratio(ratio, number -> format("%.2f", number));
  }

  private String lost() {
    StringBuilder lines =
        new StringBuilder(
            "requests without an answer while all workers were replaced under load\n");
    for (ClusterContestant contestant : contestants) {
      lines.append(
          format(
              "  %-28s %d of %d%n",
              contestant.label(),
              sum(contestant, sample -> Math.round(sample.value())),
              sum(contestant, Sample::count)));
    }
    return lines.toString();
  }

  private long sum(ClusterContestant contestant, ToLongFunction<Sample<ClusterContestant>> what) {
    return result.samples().stream()
        .filter(sample -> sample.contestant() == contestant)
        .filter(sample -> sample.measure().equals(ClusterMeasure.LOST.id()))
        .mapToLong(what)
        .sum();
  }
}
