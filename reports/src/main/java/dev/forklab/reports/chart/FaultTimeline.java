package dev.forklab.reports.chart;

import dev.forklab.reports.faults.FaultCell;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.FaultTrial.Moment;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How throughput and latency went around a fault, all models in one picture: above, the share of
/// tasks that were answered right and in time in each tenth of a second; below, the 99th percentile
/// of latency, on a logarithmic scale. Its colors are the page's variables.
public final class FaultTimeline {

  /// What a reader must know to read it right.
  public static final String LEGEND =
      "Run as in production, the first trial of each model. Above: tasks answered right and in time,"
          + " of those due in each tenth of a second. Below: 99th percentile of latency. The fault"
          + " happens at 0.";

  private static final int WIDTH = 720;
  private static final int LEFT = 64;
  private static final int RIGHT = 560;
  private static final int TOP = 14;
  private static final int PANEL = 96;
  private static final int GAP = 22;
  private static final int HEIGHT = TOP + 2 * PANEL + GAP + 40;
  private static final double FIRST_SECOND = -0.6;
  private static final double LEAST_MILLIS = 1;
  private static final double MOST_MILLIS = 10_000;

  private final List<Series> series;
  private final double lastSecond;

  private record Series(Model model, List<Moment> moments) {}

  private FaultTimeline(List<Series> series, double lastSecond) {
    this.series = series;
    this.lastSecond = lastSecond;
  }

  /// Of a fault; empty if no model has a trial of it.
  public static Optional<FaultTimeline> of(FaultFindings findings, Fault fault) {
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
            new FaultTimeline(
                series,
                series.stream()
                    .mapToDouble(each -> seconds(each.moments().getLast()) + 0.1)
                    .max()
                    .orElse(1)));
  }

  private static double seconds(Moment moment) {
    return moment.atNanos() / 1e9;
  }

  /// An `svg` element whose accessible name and description are the elements with these ids.
  public String svg(String nameId, String descriptionId) {
    StringBuilder out = new StringBuilder();
    out.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s\" aria-describedby=\"%s\" font-size=\"12\" font-family=\"inherit\">\n"
            .formatted(WIDTH, HEIGHT, nameId, descriptionId));
    frame(out);
    int row = 0;
    for (Series each : series) {
      polyline(out, each, shares(each));
      polyline(out, each, latencies(each));
      text(
          out, RIGHT + 10, TOP + 12 + 16 * row, "start", color(each.model()), each.model().label());
      row++;
    }
    return out.append("</svg>").toString();
  }

  private void frame(StringBuilder out) {
    for (double share : new double[] {0, 0.5, 1}) {
      line(out, LEFT, shareY(share), RIGHT, shareY(share), "var(--grid)");
      text(out, LEFT - 8, shareY(share) + 4, "end", "var(--muted)", Math.round(100 * share) + "%");
    }
    for (double millis : new double[] {1, 10, 100, 1000, 10_000}) {
      line(out, LEFT, latencyY(millis), RIGHT, latencyY(millis), "var(--grid)");
      text(
          out,
          LEFT - 8,
          latencyY(millis) + 4,
          "end",
          "var(--muted)",
          millis < 1000 ? Math.round(millis) + " ms" : Math.round(millis / 1000) + " s");
    }
    int bottom = TOP + 2 * PANEL + GAP;
    for (int second = 0; second <= lastSecond; second++) {
      text(out, x(second), bottom + 18, "middle", "var(--muted)", second + " s");
    }
    line(out, x(0), TOP, x(0), bottom, "var(--muted)");
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

  private static String color(Model model) {
    return "var(" + Palette.of(model).variable() + ")";
  }

  private static void polyline(StringBuilder out, Series each, List<double[]> points) {
    StringBuilder list = new StringBuilder();
    points.forEach(
        point -> list.append(String.format(Locale.ROOT, "%.1f,%.1f ", point[0], point[1])));
    out.append(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n"
            .formatted(list.toString().strip(), color(each.model())));
  }

  private static void line(
      StringBuilder out, double x1, double y1, double x2, double y2, String color) {
    out.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
            x1,
            y1,
            x2,
            y2,
            color));
  }

  /// The text is the lab's own: nothing that was measured or read.
  private static void text(
      StringBuilder out, double x, double y, String anchor, String color, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            color,
            text));
  }
}
