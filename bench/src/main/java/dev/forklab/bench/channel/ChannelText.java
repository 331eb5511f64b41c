package dev.forklab.bench.channel;

import static dev.forklab.bench.experiment.ComparisonText.format;
import static dev.forklab.bench.experiment.ComparisonText.row;

import dev.forklab.bench.experiment.ComparisonText;
import dev.forklab.bench.experiment.NodeComparison;
import dev.forklab.bench.experiment.Samples;
import dev.forklab.reports.analysis.Estimate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What was measured, in tables for a terminal.
public final class ChannelText {

  private static final List<Contestant> OURS =
      List.of(Contestant.FORKLAB_JSON, Contestant.FORKLAB_ADVANCED);
  private static final List<Contestant> OTHERS =
      List.of(
          Contestant.FORKLAB_JSON,
          Contestant.FORKLAB_ADVANCED,
          Contestant.NODE_ADVANCED,
          Contestant.NODE_THREADS);

  private static final double MIB = 1 << 20;

  private final Samples<Contestant> samples;

  private ChannelText(NodeComparison<Contestant> result) {
    this.samples = result.compared();
  }

  /// All of it.
  public static String of(NodeComparison<Contestant> result) {
    ChannelText text = new ChannelText(result);
    String values = text.values() + '\n' + text.growth();
    return result.node().isEmpty()
        ? values + "\nno node was found, so there is nothing to compare with\n"
        : values + '\n' + text.ratios() + '\n' + text.aims() + '\n' + text.floor();
  }

  private String values() {
    StringBuilder table = new StringBuilder("median of slices\n").append(row("", labels()));
    for (Measure measure : Measure.ALL) {
      List<String> cells =
          Contestant.TALKING.stream()
              .map(contestant -> samples.median(measure.id(), contestant))
              .map(median -> median.isPresent() ? value(measure, median.getAsDouble()) : "-")
              .toList();
      if (cells.stream().anyMatch(cell -> !cell.equals("-"))) {
        table.append(row(measure.label(), cells));
      }
    }
    return table.toString();
  }

  private static List<String> labels() {
    return Contestant.TALKING.stream().map(Contestant::label).toList();
  }

  private String ratios() {
    StringBuilder table =
        new StringBuilder("as a ratio to node json (95% interval)\n")
            .append(row("", OTHERS.stream().map(Contestant::label).toList()));
    for (Measure measure : Measure.ALL) {
      List<String> cells =
          OTHERS.stream().map(c -> ratio(measure, c).map(ChannelText::cell).orElse("-")).toList();
      if (cells.stream().anyMatch(cell -> !cell.equals("-"))) {
        table.append(row(measure.label(), cells));
      }
    }
    return table.toString();
  }

  private Optional<Estimate> ratio(Measure measure, Contestant contestant) {
    return samples.ratio(measure.id(), contestant, Contestant.REFERENCE);
  }

  private String growth() {
    StringBuilder lines = new StringBuilder("time for a document twice as long, as a factor\n");
    for (Contestant contestant : List.of(Contestant.FORKLAB_JSON, Contestant.NODE_JSON)) {
      for (int i = 1; i < Measure.LARGE.size(); i++) {
        Measure longer = Measure.LARGE.get(i);
        Measure shorter = Measure.LARGE.get(i - 1);
        samples
            .growth(contestant, longer.id(), shorter.id())
            .ifPresent(ratio ->
                lines.append(
                    format(
                        "  %-14s %d MB after %d MB: %s%n",
                        contestant.label(),
                        longer.bytes() / 1_000_000,
                        shorter.bytes() / 1_000_000,
                        cell(ratio))));
      }
    }
    return lines.toString();
  }

  private String aims() {
    StringBuilder lines = new StringBuilder("aims, as ratios to node json\n");
    for (Aim aim : Aim.ALL) {
      for (Contestant contestant : OURS) {
        ratio(aim.measure(), contestant)
            .ifPresent(ratio ->
                lines.append(
                    format(
                        "  %-28s %-17s %s %-5s found %-22s %s%n",
                        aim.measure().label(),
                        contestant.label(),
                        aim.atLeast() ? ">=" : "<=",
                        String.valueOf(aim.bound()),
                        cell(ratio),
                        aim.judge(ratio).label())));
      }
    }
    return lines.toString();
  }

  /// How much of what is compared is the JVM's own.
  private String floor() {
    StringBuilder lines =
        new StringBuilder(
            "a JVM that runs nothing of this library, with the same flags and an archive: less no"
                + " child JVM can need\n");
    for (Measure measure : List.of(Measure.START, Measure.IDLE_PSS, Measure.IDLE_USS)) {
      OptionalDouble median = samples.median(measure.id(), Contestant.PLAIN_JVM);
      if (median.isPresent()) {
        String beside =
            ratio(measure, Contestant.PLAIN_JVM)
                .map(ratio -> cell(ratio) + " of node json")
                .orElse("");
        lines.append(
            format(
                "  %-28s %10s   %s%n",
                measure.label(), value(measure, median.getAsDouble()), beside));
      }
    }
    return lines.toString();
  }

  private static String cell(Estimate ratio) {
    return ComparisonText.ratio(ratio, ChannelText::number);
  }

  private static String value(Measure measure, double value) {
    if (measure.kind().isBytes()) {
      return format("%.1f MiB", value / MIB);
    }
    if (measure.kind().isRate()) {
      return format("%.0f k/s", value / 1e3);
    }
    return value < 1e6 ? format("%.1f us", value / 1e3) : format("%.1f ms", value / 1e6);
  }

  /// Three digits, whatever the size.
  private static String number(double value) {
    return value >= 10
        ? format("%.1f", value)
        : value >= 1 ? format("%.2f", value) : format("%.3f", value);
  }
}
