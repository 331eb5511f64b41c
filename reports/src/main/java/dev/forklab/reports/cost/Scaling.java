package dev.forklab.reports.cost;

import dev.forklab.reports.stats.LeastSquares;
import dev.forklab.reports.stats.LeastSquares.Point;
import dev.forklab.reports.stats.StudentEstimate;
import java.util.List;
import java.util.Optional;

/// How many times as long as alone a task takes as workers are added: Gunther's Universal
/// Scalability Law ("Guerrilla Capacity Planning", 2007, chapters 4 to 6),
///
/// `X(N) = N X(1) / (1 + σ (N - 1) + κ N (N - 1))`
///
/// where σ is contention (workers that wait for a share of something) and κ coherence (workers that
/// talk to each other). The time of a task, `N / X(N)`, is linear in `1/X(1)`, `σ/X(1)` and
/// `κ/X(1)`, and so fitted as a straight plane, none of the three below 0. Fewer than
/// [#FEWEST_FOR_COHERENCE] numbers of workers do not carry κ: then it is 0, which is Amdahl's law.
///
/// @param fit in the order `1/X(1)`, `σ/X(1)`, and `κ/X(1)` if there is that
/// @param counts how many numbers of workers it was fitted to
/// @param most workers that it was fitted to
public record Scaling(LeastSquares fit, int counts, int most) {

  /// Three parameters and one point to spare.
  static final int FEWEST_FOR_COHERENCE = 4;

  /// A projection beyond the measured workers needs a point to spare too.
  static final int FEWEST_TO_PROJECT = 3;

  /// Fits; empty unless there are two numbers of workers.
  static Optional<Scaling> of(List<CostPoint> sweep) {
    int counts = (int) sweep.stream().map(point -> point.cell().workers()).distinct().count();
    boolean coherence = counts >= FEWEST_FOR_COHERENCE;
    return LeastSquares.fit(
            sweep.stream()
                .map(point ->
                    Point.of(point.logInflation(), row(point.cell().workers(), coherence)))
                .toList())
        .map(fit ->
            new Scaling(
                fit,
                counts,
                sweep.stream().mapToInt(point -> point.cell().workers()).max().orElseThrow()));
  }

  private static double[] row(int workers, boolean coherence) {
    double others = workers - 1.0;
    return coherence ? new double[] {1, others, workers * others} : new double[] {1, others};
  }

  private boolean hasCoherence() {
    return counts >= FEWEST_FOR_COHERENCE;
  }

  /// σ: the share of a task's time that each other worker adds to it.
  public StudentEstimate contention() {
    return fit.quotient(1, 0);
  }

  /// κ; empty where the cells do not carry it.
  public Optional<StudentEstimate> coherence() {
    return hasCoherence() ? Optional.of(fit.quotient(2, 0)) : Optional.empty();
  }

  /// The logarithm of how many times as long a task takes with `to` workers as with `from`.
  StudentEstimate logGrowth(int from, int to) {
    return fit.logRatio(row(to, hasCoherence()), row(from, hasCoherence()));
  }
}
