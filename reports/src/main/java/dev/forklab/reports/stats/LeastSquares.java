package dev.forklab.reports.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

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
/// **Example.** Points of 110 and 1,010 µs at 100 and 1,000 µs of work, each with a standard error
/// of 1%, give a slope of 1.000 and a fixed cost of 10 µs with a standard error of 1.7 µs: the
/// short tasks tell it.
public final class LeastSquares {

  /// Errors are never believed to be smaller: what rounds of a few seconds can tell at best.
  private static final double LEAST_ERROR = 0.005;

  /// The error of a point that has none.
  private static final double UNKNOWN_ERROR = 0.2;

  /// Errors are never believed more firmly than this many degrees of freedom.
  private static final double MOST_FREEDOM = 10;

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

    double error() {
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
    WeightedFit free = WeightedFit.of(points, rows);
    if (free == null) {
      return Optional.empty();
    }
    RealMatrix weighted = free.weighted();
    RealMatrix inverse = inverse(weighted);
    RealMatrix gains = inverse.multiply(weighted.transpose());
    for (int i = 0; i < points.size(); i++) {
      gains.setColumnVector(i, gains.getColumnVector(i).mapDivide(points.get(i).error()));
    }
    WeightedFit kept = notNegative(points, rows, free, inverse);
    int spare = points.size() - rows.getColumnDimension();
    double given = believed(points);
    double growth = Math.max(1, (given + kept.scatter()) / (given + spare));
    return Optional.of(
        new LeastSquares(
            kept.parameters(),
            free.parameters(),
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
  private static WeightedFit notNegative(
      List<Point> points, RealMatrix rows, WeightedFit free, RealMatrix covariance) {
    List<Integer> columns =
        new ArrayList<>(IntStream.range(0, rows.getColumnDimension()).boxed().toList());
    WeightedFit fit = free;
    while (fit.parameters().getMinValue() < 0 && columns.size() > 1) {
      RealVector now = fit.parameters();
      int worst = columns.getFirst();
      for (int column : columns) {
        if (share(now, covariance, column) < share(now, covariance, worst)) {
          worst = column;
        }
      }
      columns.remove(Integer.valueOf(worst));
      WeightedFit next = WeightedFit.of(points, rows, columns);
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
    double[] scales = WeightedFit.scales(weighted);
    RealMatrix unscale = MatrixUtils.createRealDiagonalMatrix(scales);
    RealMatrix even = weighted.multiply(unscale);
    return unscale.multiply(MatrixUtils.inverse(even.transpose().multiply(even))).multiply(unscale);
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
    return asked.value() + asked.halfWidth(Inference.ALPHA) < 0;
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
