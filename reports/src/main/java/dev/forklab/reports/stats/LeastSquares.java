package dev.forklab.reports.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.jspecify.annotations.Nullable;

/// A sum of costs fitted by weighted least squares: `y = X p`, where everything is positive and the
/// errors of `y` are known as shares of it.
///
/// **Method.** The logarithms of `y` are fitted (errors that are shares are even there) by Gauss
/// and Newton's iteration, each point weighted by its error: Draper and Smith, "Applied Regression
/// Analysis", 3rd ed. 1998, chapters 9 and 24. A cost below 0 is none: where the points ask for
/// one, it is set to 0 and the others are fitted again (Lawson and Hanson, "Solving Least Squares
/// Problems", 1974, chapter 23); the errors stay those of the free fit, which are larger.
///
/// **Errors.** Those given are believed as far as they are known themselves. Where the points
/// scatter about the model by more than their errors explain, the parameters' errors grow with the
/// scatter (Birge, "The Calculation of Errors by the Method of Least Squares", Physical Review 40,
/// 1932). Few points say little of their scatter, so it is averaged with the errors given, each
/// weighted by its degrees of freedom, as in [TwoLevel]. Errors never shrink below those given: few
/// points may lie on a plane by luck.
///
/// **Example.** Points of 110 and 1,010 µs at 100 and 1,000 µs of work, ±1% each, give a slope of
/// 1.000 and a fixed cost of 10 µs, ±1.5 µs: the short tasks tell it, with 1% of 110 µs.
public final class LeastSquares {

  /// Columns whose rest, once the others are taken out, is shorter than this share of them do not
  /// tell the parameters apart.
  private static final double SINGULAR = 1e-5;

  private static final int MOST_STEPS = 50;
  private static final double CONVERGED = 1e-12;

  /// Errors are never believed to be smaller: what rounds of a few seconds can tell at best.
  private static final double LEAST_ERROR = 0.005;

  /// The error of a point that has none.
  private static final double UNKNOWN_ERROR = 0.2;

  /// Errors are never believed more firmly than this many degrees of freedom.
  private static final double MOST_FREEDOM = 10;

  private static final double ALPHA = 0.05;

  private final RealVector parameters;
  private final RealVector free;
  private final RealMatrix covariance;
  private final RealMatrix gains;
  private final double freedom;
  private final int points;

  private LeastSquares(
      RealVector parameters,
      RealVector free,
      RealMatrix covariance,
      RealMatrix gains,
      double freedom,
      int points) {
    this.parameters = parameters;
    this.free = free;
    this.covariance = covariance;
    this.gains = gains;
    this.freedom = freedom;
    this.points = points;
  }

  /// Something measured.
  ///
  /// @param log its logarithm
  /// @param row how often it contains each cost
  public record Point(StudentEstimate log, List<Double> row) {

    public Point {
      row = List.copyOf(row);
    }

    public static Point of(StudentEstimate log, double... row) {
      return new Point(log, DoubleStream.of(row).boxed().toList());
    }

    private double[] columns() {
      return row.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double error() {
      return log.hasError() ? Math.max(LEAST_ERROR, log.standardError()) : UNKNOWN_ERROR;
    }
  }

  /// Fits; empty if the points do not determine the parameters.
  public static Optional<LeastSquares> fit(List<Point> points) {
    if (points.isEmpty() || points.size() < points.getFirst().row().size()) {
      return Optional.empty();
    }
    RealMatrix rows =
        MatrixUtils.createRealMatrix(points.stream().map(Point::columns).toArray(double[][]::new));
    Fit free = Fit.of(points, rows);
    if (free == null) {
      return Optional.empty();
    }
    RealMatrix weighted = free.weighted();
    RealMatrix inverse = inverse(weighted);
    RealMatrix gains = inverse.multiply(weighted.transpose());
    for (int i = 0; i < points.size(); i++) {
      gains.setColumnVector(i, gains.getColumnVector(i).mapDivide(points.get(i).error()));
    }
    Fit kept = notNegative(points, rows, free, inverse);
    int spare = points.size() - rows.getColumnDimension();
    double given = believed(points);
    double growth = Math.max(1, (given + kept.scatter()) / (given + spare));
    return Optional.of(
        new LeastSquares(
            kept.parameters,
            free.parameters,
            inverse.scalarMultiply(growth),
            gains.scalarMultiply(Math.sqrt(growth)),
            given + spare,
            points.size()));
  }

  /// The degrees of freedom of the errors that are given: those of the median point.
  private static double believed(List<Point> points) {
    double[] known =
        points.stream()
            .map(Point::log)
            .mapToDouble(log -> log.hasError() ? log.degreesOfFreedom() : 1)
            .toArray();
    return Math.min(MOST_FREEDOM, Quantiles.median(known));
  }

  /// Leaves out the most negative cost, in its own error, until none is.
  private static Fit notNegative(
      List<Point> points, RealMatrix rows, Fit free, RealMatrix covariance) {
    List<Integer> columns =
        new ArrayList<>(IntStream.range(0, rows.getColumnDimension()).boxed().toList());
    Fit fit = free;
    while (fit.parameters.getMinValue() < 0 && columns.size() > 1) {
      RealVector now = fit.parameters;
      int worst = columns.getFirst();
      for (int column : columns) {
        if (share(now, covariance, column) < share(now, covariance, worst)) {
          worst = column;
        }
      }
      columns.remove(Integer.valueOf(worst));
      Fit next = Fit.of(points, rows, columns);
      if (next == null) {
        return fit;
      }
      fit = next;
    }
    return fit;
  }

  private static double share(RealVector parameters, RealMatrix covariance, int column) {
    return parameters.getEntry(column) / Math.sqrt(covariance.getEntry(column, column));
  }

  private static RealMatrix inverse(RealMatrix weighted) {
    double[] scales = scales(weighted);
    RealMatrix unscale = MatrixUtils.createRealDiagonalMatrix(scales);
    RealMatrix even = weighted.multiply(unscale);
    return unscale.multiply(MatrixUtils.inverse(even.transpose().multiply(even))).multiply(unscale);
  }

  /// What gives each column unit length, since bytes and nanoseconds are far apart.
  private static double[] scales(RealMatrix rows) {
    return IntStream.range(0, rows.getColumnDimension())
        .mapToDouble(j -> rows.getColumnVector(j).getNorm())
        .map(length -> length > 0 ? 1 / length : 1)
        .toArray();
  }

  /// One set of parameters.
  private record Fit(List<Point> points, RealMatrix rows, RealVector parameters) {

    static @Nullable Fit of(List<Point> points, RealMatrix rows) {
      return of(points, rows, IntStream.range(0, rows.getColumnDimension()).boxed().toList());
    }

    /// Of these columns, the others 0; null if the points do not determine them.
    static @Nullable Fit of(List<Point> points, RealMatrix rows, List<Integer> columns) {
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
      return new Fit(points, rows, all);
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
  }

  /// What the model says of a row.
  public StudentEstimate at(double... row) {
    RealVector at = new ArrayRealVector(row);
    return estimate(at.dotProduct(parameters), at);
  }

  /// The logarithm of what it says of a row.
  public StudentEstimate logAt(double... row) {
    RealVector at = new ArrayRealVector(row);
    double value = at.dotProduct(parameters);
    return estimate(Math.log(value), at.mapDivide(value));
  }

  /// The logarithm of what it says of one row, as a share of what it says of another.
  public StudentEstimate logRatio(double[] row, double[] to) {
    RealVector one = new ArrayRealVector(row);
    RealVector other = new ArrayRealVector(to);
    double above = one.dotProduct(parameters);
    double below = other.dotProduct(parameters);
    return estimate(Math.log(above / below), one.mapDivide(above).subtract(other.mapDivide(below)));
  }

  /// One parameter divided by another.
  public StudentEstimate quotient(int index, int by) {
    double below = parameters.getEntry(by);
    double quotient = parameters.getEntry(index) / below;
    RealVector gradient = new ArrayRealVector(parameters.getDimension());
    gradient.setEntry(index, 1 / below);
    gradient.addToEntry(by, -quotient / below);
    return estimate(quotient, gradient);
  }

  /// One parameter.
  public StudentEstimate parameter(int index) {
    return at(unit(index));
  }

  private double[] unit(int index) {
    double[] row = new double[parameters.getDimension()];
    row[index] = 1;
    return row;
  }

  /// Whether the points ask for a parameter below 0, certainly.
  public boolean negative(int index) {
    StudentEstimate asked = estimate(free.getEntry(index), new ArrayRealVector(unit(index)));
    return asked.value() + asked.halfWidth(ALPHA) < 0;
  }

  /// By how much the logarithm of what it says of a row moves with the error of each point, grown
  /// with the scatter.
  public double[] sensitivities(double... row) {
    RealVector at = new ArrayRealVector(row);
    return gains.preMultiply(at.mapDivide(at.dotProduct(parameters))).toArray();
  }

  private StudentEstimate estimate(double value, RealVector gradient) {
    double variance = gradient.dotProduct(covariance.operate(gradient));
    return new StudentEstimate(value, Math.sqrt(Math.max(0, variance)), freedom, points);
  }
}
