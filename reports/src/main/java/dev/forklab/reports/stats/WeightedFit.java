package dev.forklab.reports.stats;

import dev.forklab.reports.stats.LeastSquares.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.jspecify.annotations.Nullable;

/// One set of parameters of a [LeastSquares] model, found by Gauss and Newton's iteration.
///
/// @param parameters one for each column of `rows`; 0 of columns that were left out
record WeightedFit(List<Point> points, RealMatrix rows, RealVector parameters) {

  /// Columns whose rest, once the others are taken out, is shorter than this share of them do not
  /// tell the parameters apart.
  private static final double SINGULAR = 1e-5;

  private static final int MOST_STEPS = 50;
  private static final double CONVERGED = 1e-12;

  static @Nullable WeightedFit of(List<Point> points, RealMatrix rows) {
    return of(points, rows, IntStream.range(0, rows.getColumnDimension()).boxed().toList());
  }

  /// Of these columns, the others 0; null if the points do not determine them.
  static @Nullable WeightedFit of(List<Point> points, RealMatrix rows, List<Integer> columns) {
    RealMatrix some =
        rows.getSubMatrix(
            IntStream.range(0, points.size()).toArray(),
            columns.stream().mapToInt(Integer::intValue).toArray());
    RealVector values =
        new ArrayRealVector(
            points.stream().mapToDouble(point -> Math.exp(point.log().value())).toArray());
    RealVector found = step(points, some, values);
    for (int i = 0; i < MOST_STEPS && found != null; i++) {
      RealVector next = some.operate(found);
      if (next.getMinValue() <= 0
          || next.subtract(values).ebeDivide(values).getLInfNorm() < CONVERGED) {
        break; // What is negative cannot be fitted any closer, and is left out next.
      }
      values = next;
      found = step(points, some, values);
    }
    if (found == null) {
      return null;
    }
    RealVector all = new ArrayRealVector(rows.getColumnDimension());
    for (int j = 0; j < columns.size(); j++) {
      all.setEntry(columns.get(j), found.getEntry(j));
    }
    return new WeightedFit(points, rows, all);
  }

  /// One step of the iteration: the logarithm as a straight line through `values`.
  private static @Nullable RealVector step(
      List<Point> points, RealMatrix rows, RealVector values) {
    RealMatrix weighted = rows.copy();
    RealVector wanted = new ArrayRealVector(points.size());
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      double value = values.getEntry(i);
      weighted.setRowVector(i, rows.getRowVector(i).mapDivide(value * point.error()));
      wanted.setEntry(i, (1 + point.log().value() - Math.log(value)) / point.error());
    }
    double[] scales = scales(weighted);
    RealMatrix unscale = MatrixUtils.createRealDiagonalMatrix(scales);
    QRDecomposition parts = new QRDecomposition(weighted.multiply(unscale), SINGULAR);
    return parts.getSolver().isNonSingular()
        ? unscale.operate(parts.getSolver().solve(wanted))
        : null;
  }

  /// The rows as shares of what the fit says, divided by the points' errors.
  RealMatrix weighted() {
    RealMatrix weighted = rows.copy();
    for (int i = 0; i < points.size(); i++) {
      // A free fit may say something negative; the point itself never is.
      double says = rows.getRowVector(i).dotProduct(parameters);
      double value = says > 0 ? says : Math.exp(points.get(i).log().value());
      weighted.setRowVector(i, rows.getRowVector(i).mapDivide(value * points.get(i).error()));
    }
    return weighted;
  }

  /// The sum of the squared misses, in the points' errors.
  double scatter() {
    double sum = 0;
    for (int i = 0; i < points.size(); i++) {
      double says = rows.getRowVector(i).dotProduct(parameters);
      double off = says > 0 ? points.get(i).log().value() - Math.log(says) : 1;
      sum += Math.pow(off / points.get(i).error(), 2);
    }
    return sum;
  }

  /// What gives each column unit length, since bytes and nanoseconds are far apart.
  static double[] scales(RealMatrix rows) {
    return IntStream.range(0, rows.getColumnDimension())
        .mapToDouble(j -> rows.getColumnVector(j).getNorm())
        .map(length -> length > 0 ? 1 / length : 1)
        .toArray();
  }
}
