package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Numbers with intervals over a few places, as data: nothing here knows how it is drawn. The
/// picture files and the page are drawn from the same plot.
///
/// @param slots where things stand
/// @param numbers the axis of what was measured
/// @param bands regions of the horizontal axis, drawn below everything
/// @param guides lines to compare with, not measured
/// @param series what was measured
record Plot(
    Caption caption,
    Orientation orientation,
    Slots slots,
    Axis numbers,
    List<Band> bands,
    List<Guide> guides,
    List<Series> series)
    implements Picture {

  Plot {
    bands = List.copyOf(bands);
    guides = List.copyOf(guides);
    series = List.copyOf(series);
  }

  enum Orientation {
    /// The measured number is the height.
    UPRIGHT,
    /// The measured number is the distance from the left, and each row is a thing of its own.
    ROWS
  }

  boolean upright() {
    return orientation == Orientation.UPRIGHT;
  }

  /// The cautions of any of its points.
  @Override
  public Set<Caution> cautions() {
    Set<Caution> cautions = EnumSet.noneOf(Caution.class);
    series.forEach(each -> each.points().forEach(point -> cautions.addAll(point.cautions())));
    return cautions;
  }

  @Override
  public String svg(Rendering rendering) {
    return new PlotSvg(this, rendering).svg();
  }

  /// A region of the horizontal axis.
  record Band(double from, double to, String label) {}

  /// A line that nothing was measured for.
  record Guide(String name, List<Spot> spots, String label) {
    Guide {
      spots = List.copyOf(spots);
    }
  }

  /// A place on a guide.
  record Spot(double at, double value) {}

  /// Measurements of one model that belong together.
  ///
  /// @param state tells it from the model's other series; empty if there is no other
  /// @param faint whether it stands behind the model's other series
  /// @param joined whether neighboring points belong to one curve
  /// @param label what stands at its end; empty for none
  record Series(
      Model model, String state, boolean faint, boolean joined, List<Point> points, String label) {

    Series {
      points = List.copyOf(points);
    }

    /// The only series of its model.
    static Series of(Model model, boolean joined, List<Point> points) {
      return new Series(model, "", false, joined, points, model.label());
    }

    /// Unique among those that are joined.
    String name() {
      return state.isEmpty() ? model.id() : model.id() + " " + state;
    }

    /// What the points of one curve have in common: a curve does not lead from cells with a CPU for
    /// each worker to those without.
    List<List<Point>> curves() {
      List<List<Point>> curves = new ArrayList<>();
      for (boolean sharing : new boolean[] {false, true}) {
        List<Point> curve =
            points.stream().filter(point -> point.oversubscribed() == sharing).toList();
        if (joined && curve.size() > 1) {
          curves.add(curve);
        }
      }
      return curves;
    }
  }

  /// One measurement.
  ///
  /// @param at where it stands, beside its slot where several models would cover each other
  /// @param where its slot in words: "2 workers"
  /// @param low the lower end of its interval; `value` if there is none
  /// @param high the upper end
  /// @param slices how many slices it rests on; 0 if that is not known
  /// @param launches how many launches it rests on
  /// @param ratios how it compares with other models at the same place
  record Point(
      double at,
      String where,
      double value,
      double low,
      double high,
      int slices,
      int launches,
      Set<Caution> cautions,
      List<Ratio> ratios) {

    Point {
      cautions = Set.copyOf(cautions);
      ratios = List.copyOf(ratios);
    }

    /// Whether there is a number that any axis can show.
    static boolean drawable(Estimate estimate) {
      return estimate.known() && Double.isFinite(estimate.value()) && estimate.value() > 0;
    }

    static Point of(double at, String where, Cell cell, Estimate estimate) {
      return new Point(
          at,
          where,
          estimate.value(),
          Double.isFinite(estimate.low()) ? estimate.low() : estimate.value(),
          Double.isFinite(estimate.high()) ? estimate.high() : estimate.value(),
          0,
          estimate.samples(),
          Caution.of(cell, estimate),
          List.of());
    }

    /// The same measurement with how many slices it rests on, and its comparisons.
    Point with(int ofSlices, List<Ratio> compared) {
      return new Point(at, where, value, low, high, ofSlices, launches, cautions, compared);
    }

    boolean hasInterval() {
      return high > low;
    }

    boolean oversubscribed() {
      return cautions.contains(Caution.OVERSUBSCRIBED);
    }

    boolean hollow() {
      return cautions.contains(Caution.ONE_LAUNCH);
    }
  }

  /// A paired comparison with another model, which is not the quotient of the two numbers.
  ///
  /// @param verdict an UNMEASURED ratio is not to be shown
  record Ratio(Model against, Estimate ratio, Verdict verdict) {}
}
