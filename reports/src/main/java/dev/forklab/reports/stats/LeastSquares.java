package dev.forklab.reports.stats;

import java.util.Arrays;

/// A linear model fitted by weighted least squares: `y = X p + e`, where the standard error of each
/// `y` is known (Draper and Smith, "Applied Regression Analysis", 3rd ed. 1998, chapter 9).
///
/// The errors that are given are believed, and where the points scatter more about the model than
/// they explain, the errors of the parameters grow with the scatter (the Birge ratio: Birge, "The
/// Calculation of Errors by the Method of Least Squares", Physical Review 40, 1932). They never
/// shrink below what was given: few points may fall on a line by luck.
///
/// @param parameters one for each column
/// @param covariance of the parameters
/// @param scatter the root of chi-squared by its degrees of freedom: about 1 where the model holds;
///   NaN where there are no more points than parameters
/// @param freedom points more than parameters
public record LeastSquares(
    double[] parameters, double[][] covariance, double scatter, int freedom) {

  /// Pivots below this share of the largest are none: the columns do not tell the parameters apart.
  private static final double SINGULAR = 1e-12;

  /// Fits.
  ///
  /// @param x one row for each point
  /// @param errors standard errors of `y`, each more than 0
  /// @throws IllegalArgumentException if the rows do not determine the parameters; see
  ///   [#determines]
  public static LeastSquares fit(double[][] x, double[] y, double[] errors) {
    int columns = x[0].length;
    double[] scales = scales(x, errors);
    double[][] normal = normal(x, errors, scales);
    double[][] inverse = inverse(normal);
    if (inverse.length == 0) {
      throw new IllegalArgumentException("the points do not determine " + columns + " parameters");
    }
    double[] right = new double[columns];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < columns; j++) {
        right[j] += x[i][j] / scales[j] * y[i] / (errors[i] * errors[i]);
      }
    }
    double[] parameters = new double[columns];
    for (int j = 0; j < columns; j++) {
      for (int k = 0; k < columns; k++) {
        parameters[j] += inverse[j][k] * right[k] / scales[j];
      }
    }
    double squares = 0;
    for (int i = 0; i < y.length; i++) {
      double off = (y[i] - dot(x[i], parameters)) / errors[i];
      squares += off * off;
    }
    int freedom = y.length - columns;
    double scatter = freedom > 0 ? Math.sqrt(squares / freedom) : Double.NaN;
    double growth = Double.isNaN(scatter) ? 1 : Math.max(1, scatter * scatter);
    double[][] covariance = new double[columns][columns];
    for (int j = 0; j < columns; j++) {
      for (int k = 0; k < columns; k++) {
        covariance[j][k] = growth * inverse[j][k] / scales[j] / scales[k];
      }
    }
    return new LeastSquares(parameters, covariance, scatter, freedom);
  }

  /// Whether points in these rows determine all parameters.
  public static boolean determines(double[][] x) {
    if (x.length == 0 || x.length < x[0].length) {
      return false;
    }
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    return inverse(normal(x, ones, scales(x, ones))).length > 0;
  }

  /// What the model says of a row, with the error of the parameters.
  public StudentEstimate at(double[] row) {
    double variance = 0;
    for (int j = 0; j < row.length; j++) {
      for (int k = 0; k < row.length; k++) {
        variance += row[j] * row[k] * covariance[j][k];
      }
    }
    return new StudentEstimate(
        dot(row, parameters), Math.sqrt(Math.max(0, variance)), degrees(), freedom);
  }

  /// One parameter.
  public StudentEstimate parameter(int index) {
    double[] row = new double[parameters.length];
    row[index] = 1;
    return at(row);
  }

  /// Where the scatter told nothing, the errors that were given are all there is.
  private double degrees() {
    return freedom > 0 && scatter > 1 ? freedom : Double.POSITIVE_INFINITY;
  }

  private static double dot(double[] row, double[] parameters) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      sum += row[j] * parameters[j];
    }
    return sum;
  }

  /// The length of each column: bytes and nanoseconds are far apart.
  private static double[] scales(double[][] x, double[] errors) {
    double[] scales = new double[x[0].length];
    for (int j = 0; j < scales.length; j++) {
      for (int i = 0; i < x.length; i++) {
        scales[j] += x[i][j] * x[i][j] / (errors[i] * errors[i]);
      }
      scales[j] = scales[j] > 0 ? Math.sqrt(scales[j]) : 1;
    }
    return scales;
  }

  private static double[][] normal(double[][] x, double[] errors, double[] scales) {
    int columns = scales.length;
    double[][] normal = new double[columns][columns];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < columns; k++) {
          normal[j][k] += x[i][j] / scales[j] * x[i][k] / scales[k] / (errors[i] * errors[i]);
        }
      }
    }
    return normal;
  }

  /// By Gauss and Jordan with pivoting; of size 0 if there is none.
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] work = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, work[i], 0, n);
      work[i][n + i] = 1;
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int i = column + 1; i < n; i++) {
        if (Math.abs(work[i][column]) > Math.abs(work[pivot][column])) {
          pivot = i;
        }
      }
      if (Math.abs(work[pivot][column]) < SINGULAR) {
        return new double[0][];
      }
      double[] row = work[pivot];
      work[pivot] = work[column];
      work[column] = row;
      double by = row[column];
      for (int k = 0; k < 2 * n; k++) {
        row[k] /= by;
      }
      for (int i = 0; i < n; i++) {
        double times = work[i][column];
        if (i != column && times != 0) {
          for (int k = 0; k < 2 * n; k++) {
            work[i][k] -= times * row[k];
          }
        }
      }
    }
    double[][] inverse = new double[n][];
    for (int i = 0; i < n; i++) {
      inverse[i] = Arrays.copyOfRange(work[i], n, 2 * n);
    }
    return inverse;
  }
}
