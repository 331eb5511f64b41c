package dev.forklab.reports.stats;

import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/// A linear model fitted by weighted least squares: `y = X p + e`, where the standard error of each
/// `y` is known (Draper and Smith, "Applied Regression Analysis", 3rd ed. 1998, chapter 9).
///
/// The given errors are believed, and where the points scatter more about the model than they
/// explain, the errors of the parameters grow with the scatter (the Birge ratio: Birge, "The
/// Calculation of Errors by the Method of Least Squares", Physical Review 40, 1932). They never
/// shrink below what was given: few points may fall on a line by luck.
public final class LeastSquares {

  /// Columns of unit length whose rest, once the others are taken out, is shorter than this do not
  /// tell the parameters apart.
  private static final double SINGULAR = 1e-6;

  private final RealVector parameters;
  private final RealMatrix covariance;
  private final int freedom;
  private final boolean scatters;

  private LeastSquares(
      RealVector parameters, RealMatrix covariance, int freedom, boolean scatters) {
    this.parameters = parameters;
    this.covariance = covariance;
    this.freedom = freedom;
    this.scatters = scatters;
  }

  /// Fits.
  ///
  /// @param x one row for each point
  /// @param errors standard errors of `y`, each more than 0
  /// @throws org.apache.commons.math3.linear.SingularMatrixException if the rows do not determine
  ///   the parameters; see [#determines]
  public static LeastSquares fit(double[][] x, double[] y, double[] errors) {
    RealMatrix rows = MatrixUtils.createRealMatrix(x);
    RealVector values = new ArrayRealVector(y);
    for (int i = 0; i < y.length; i++) {
      rows.setRowVector(i, rows.getRowVector(i).mapDivide(errors[i]));
      values.setEntry(i, y[i] / errors[i]);
    }
    double[] scales = scale(rows);
    RealVector scaled = decomposed(rows).getSolver().solve(values);
    RealVector off = values.subtract(rows.operate(scaled));
    int freedom = y.length - scales.length;
    double growth = freedom > 0 ? Math.max(1, off.dotProduct(off) / freedom) : 1;
    RealMatrix unscale = MatrixUtils.createRealDiagonalMatrix(scales);
    RealMatrix normal = rows.transpose().multiply(rows);
    RealMatrix covariance =
        unscale
            .multiply(MatrixUtils.inverse(normal))
            .multiply(unscale)
            .scalarMultiply(growth);
    return new LeastSquares(unscale.operate(scaled), covariance, freedom, growth > 1);
  }

  /// Whether points in these rows determine all parameters.
  public static boolean determines(double[][] x) {
    if (x.length == 0 || x.length < x[0].length) {
      return false;
    }
    RealMatrix rows = MatrixUtils.createRealMatrix(x);
    scale(rows);
    return decomposed(rows).getSolver().isNonSingular();
  }

  /// Gives each column unit length, since bytes and nanoseconds are far apart.
  ///
  /// @return by what each column was multiplied
  private static double[] scale(RealMatrix rows) {
    double[] scales = new double[rows.getColumnDimension()];
    for (int j = 0; j < scales.length; j++) {
      double length = rows.getColumnVector(j).getNorm();
      scales[j] = length > 0 ? 1 / length : 1;
      rows.setColumnVector(j, rows.getColumnVector(j).mapMultiply(scales[j]));
    }
    return scales;
  }

  private static QRDecomposition decomposed(RealMatrix rows) {
    return new QRDecomposition(rows, SINGULAR);
  }

  /// What the model says of a row, with the error of the parameters.
  public StudentEstimate at(double... row) {
    RealVector at = new ArrayRealVector(row);
    double variance = at.dotProduct(covariance.operate(at));
    // Where the scatter told nothing, the errors that were given are all there is.
    return new StudentEstimate(
        at.dotProduct(parameters),
        Math.sqrt(Math.max(0, variance)),
        scatters ? freedom : Double.POSITIVE_INFINITY,
        freedom + row.length);
  }

  /// One parameter.
  public StudentEstimate parameter(int index) {
    double[] row = new double[parameters.getDimension()];
    row[index] = 1;
    return at(row);
  }
}
