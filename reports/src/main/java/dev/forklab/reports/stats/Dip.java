package dev.forklab.reports.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Whether values have several modes, such as two compilations of the same code.
///
/// The dip is the largest distance between the values' distribution function and the nearest one
/// with a single mode: Hartigan and Hartigan, "The Dip Test of Unimodality", Annals of Statistics
/// 13 (1985). Nearest means: convex up to the mode, concave after it. The search narrows the
/// interval that must hold the mode: within it, take the greatest convex minorant and the least
/// concave majorant, find where they are farthest apart, and go on between there, until nothing is
/// gained.
public final class Dip {

  /// `dip x √n` exceeds this in 1% of uniform samples of 20 to 200 values, the hardest of all with
  /// one mode (by simulation; see the test).
  private static final double CRITICAL = 0.60;

  private Dip() {}

  /// Whether `values` have more than one mode, at a significance of about 1%; false of fewer than
  /// 15, which cannot tell.
  public static boolean severalModes(double[] values) {
    return values.length >= 15 && dip(values) * Math.sqrt(values.length) > CRITICAL;
  }

  /// The dip of `values`: from 1/(2n) to 1/4.
  static double dip(double[] values) {
    double[] x = values.clone();
    Arrays.sort(x);
    int n = x.length;
    if (n < 2 || x[0] == x[n - 1]) {
      return 0.5 / Math.max(1, n);
    }
    int low = 0;
    int high = n - 1;
    double dip = 1;
    while (true) {
      List<Integer> minorant = hull(x, low, high, true);
      List<Integer> majorant = hull(x, low, high, false);
      Widest widest = widest(x, minorant, majorant);
      if (widest.gap <= dip) {
        return dip / (2 * n);
      }
      int nextLow = widest.low;
      int nextHigh = widest.high;
      dip = Math.max(dip, deviation(x, minorant, low, nextLow, true));
      dip = Math.max(dip, deviation(x, majorant, nextHigh, high, false));
      if ((nextLow == low && nextHigh == high) || nextLow >= nextHigh) {
        return dip / (2 * n);
      }
      low = nextLow;
      high = nextHigh;
    }
  }

  /// Indices of the corners of the greatest convex minorant (or least concave majorant) of the
  /// points `(x[i], i)`, from `low` to `high`.
  private static List<Integer> hull(double[] x, int low, int high, boolean convex) {
    List<Integer> corners = new ArrayList<>();
    for (int i = low; i <= high; i++) {
      while (corners.size() > 1) {
        int b = corners.getLast();
        int a = corners.get(corners.size() - 2);
        double turn = (x[b] - x[a]) * (i - b) - (x[i] - x[b]) * (b - a);
        if (convex ? turn > 0 : turn < 0) {
          break;
        }
        corners.removeLast();
      }
      corners.add(i);
    }
    return corners;
  }

  private record Widest(double gap, int low, int high) {}

  /// Where minorant and majorant, which counts from above, are farthest apart.
  private static Widest widest(double[] x, List<Integer> minorant, List<Integer> majorant) {
    Widest widest = new Widest(0, minorant.getFirst(), minorant.getLast());
    for (int corner : minorant) {
      double gap = at(x, majorant, x[corner], corner) - corner + 1;
      if (gap > widest.gap) {
        widest = new Widest(gap, corner, firstAtLeast(majorant, corner));
      }
    }
    for (int corner : majorant) {
      double gap = corner - at(x, minorant, x[corner], corner) + 1;
      if (gap > widest.gap) {
        widest = new Widest(gap, lastAtMost(minorant, corner), corner);
      }
    }
    return widest;
  }

  /// How far the points between two indices stray from a hull.
  private static double deviation(
      double[] x, List<Integer> hull, int from, int to, boolean minorant) {
    double most = 0;
    for (int i = from; i <= to; i++) {
      double line = at(x, hull, x[i], i);
      most = Math.max(most, (minorant ? i - line : line - i) + 1);
    }
    return most;
  }

  /// The height of a hull at `position`, the place of point `index`.
  private static double at(double[] x, List<Integer> hull, double position, int index) {
    int right = firstAtLeast(hull, index);
    int left = lastAtMost(hull, index);
    double width = x[right] - x[left];
    return width == 0 ? index : left + (right - left) * (position - x[left]) / width;
  }

  private static int firstAtLeast(List<Integer> corners, int index) {
    return corners.stream().filter(corner -> corner >= index).findFirst().orElseThrow();
  }

  private static int lastAtMost(List<Integer> corners, int index) {
    return corners.reversed().stream().filter(corner -> corner <= index).findFirst().orElseThrow();
  }
}
