package dev.forklab.reports.chart;

import dev.forklab.reports.faults.FaultCell;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.FaultTrial.Moment;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How throughput and latency went around a fault, all models in one picture: above, the share of
/// tasks that were answered right and in time in each tenth of a second; below, the 99th percentile
/// of latency, on a logarithmic scale.
public final class FaultTimeline implements Picture {

  private static final String SUBTITLE =
      "Run as in production, the first trial of each model; the fault happens at 0";
  private static final String FOOTNOTE =
      "Above: tasks answered right and in time, of those due in each tenth of a second. Below: 99th"
          + " percentile of latency.";

  private static final double LEFT = 64;
  private static final double RIGHT = SvgSheet.WIDTH - 180;
  private static final double TOP = 14;
  private static final double PANEL = 96;
  private static final double GAP = 22;
  private static final double BOTTOM = TOP + 2 * PANEL + GAP;
  private static final double HEIGHT = BOTTOM + 26;
  private static final double FIRST_SECOND = -0.6;
  private static final double LEAST_MILLIS = 1;
  private static final double MOST_MILLIS = 10_000;

  private final Fault fault;
  private final List<Series> series;
  private final double lastSecond;

  private record Series(Model model, List<Moment> moments) {}

  private FaultTimeline(Fault fault, List<Series> series, double lastSecond) {
    this.fault = fault;
    this.series = series;
    this.lastSecond = lastSecond;
  }

  /// Of a fault; empty if no model has a trial of it.
  public static Optional<Chart> of(FaultFindings findings, Fault fault) {
    List<Series> series = new ArrayList<>();
    for (Model model : findings.models()) {
      findings
          .cell(fault, model, Way.PRODUCTION)
          .map(FaultCell::trials)
          .map(List<FaultTrial>::getFirst)
          .filter(trial -> !trial.moments().isEmpty())
          .ifPresent(trial -> series.add(new Series(model, trial.moments())));
    }
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chart(
                new FaultTimeline(
                    fault,
                    series,
                    series.stream()
                        .mapToDouble(each -> seconds(each.moments().getLast()) + 0.1)
                        .max()
                        .orElse(1))));
  }

  private static double seconds(Moment moment) {
    return moment.atNanos() / 1e9;
  }

  @Override
  public Caption caption() {
    return new Caption("timeline-" + fault.id(), fault.deed(), SUBTITLE, FOOTNOTE);
  }

  @Override
  public Set<Caution> cautions() {
    return Set.of();
  }

  @Override
  public String svg(Rendering rendering) {
    return SvgSheet.of(caption(), rendering, "timeline", HEIGHT, this::draw);
  }

  private void draw(SvgMarkup svg) {
    grid(svg);
    double y = TOP + 12;
    for (Series each : series) {
      svg.open("g", "class", "series m-" + each.model().id(), "data-model", each.model().id());
      curve(svg, shares(each));
      curve(svg, latencies(each));
      svg.text(each.model().label(), RIGHT + 10, y, "label");
      svg.close();
      y += SvgText.LINE;
    }
  }

  private void grid(SvgMarkup svg) {
    for (double share : new double[] {0, 0.5, 1}) {
      svg.line("grid", LEFT, shareY(share), RIGHT, shareY(share));
      svg.text(Quantity.percent(share), LEFT - 8, shareY(share) + 4, "quiet end");
    }
    for (double millis = LEAST_MILLIS; millis <= MOST_MILLIS; millis *= 10) {
      svg.line("grid", LEFT, latencyY(millis), RIGHT, latencyY(millis));
      svg.text(Quantity.chosenTime(millis * 1e6), LEFT - 8, latencyY(millis) + 4, "quiet end");
    }
    for (int second = 0; second <= lastSecond; second++) {
      svg.text(second + " s", x(second), BOTTOM + 18, "quiet middle");
    }
    svg.line("guide", x(0), TOP, x(0), BOTTOM);
  }

  private List<double[]> shares(Series each) {
    return each.moments().stream()
        .filter(this::isShown)
        .map(moment ->
            new double[] {
              x(seconds(moment) + 0.05),
              shareY(moment.due() == 0 ? 1 : (double) moment.right() / moment.due())
            })
        .toList();
  }

  private List<double[]> latencies(Series each) {
    return each.moments().stream()
        .filter(this::isShown)
        .filter(moment -> moment.p99Nanos() > 0)
        .map(moment -> new double[] {x(seconds(moment) + 0.05), latencyY(moment.p99Nanos() / 1e6)})
        .toList();
  }

  private boolean isShown(Moment moment) {
    return seconds(moment) >= FIRST_SECOND;
  }

  private double x(double second) {
    return LEFT + (RIGHT - LEFT) * (second - FIRST_SECOND) / (lastSecond - FIRST_SECOND);
  }

  private static double shareY(double share) {
    return TOP + PANEL * (1 - share);
  }

  private static double latencyY(double millis) {
    double share =
        Math.log10(Math.clamp(millis, LEAST_MILLIS, MOST_MILLIS) / LEAST_MILLIS)
            / Math.log10(MOST_MILLIS / LEAST_MILLIS);
    return TOP + PANEL + GAP + PANEL * (1 - share);
  }

  private static void curve(SvgMarkup svg, List<double[]> points) {
    svg.leaf(
        "polyline",
        "class",
        "curve",
        "points",
        points.stream()
            .map(point -> SvgMarkup.number(point[0]) + "," + SvgMarkup.number(point[1]))
            .collect(Collectors.joining(" ")));
  }
}
