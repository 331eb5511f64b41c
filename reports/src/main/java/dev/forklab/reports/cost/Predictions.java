package dev.forklab.reports.cost;

import dev.forklab.reports.cost.CostData.Pair;
import dev.forklab.reports.cost.Prediction.Basis;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.cost.Prediction.Refused;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a model of cost says when it is asked.
final class Predictions {

  private final CostModel cost;

  Predictions(CostModel cost) {
    this.cost = cost;
  }

  Prediction taskNanos(Model model, TaskShape shape, int workers) {
    Optional<String> refusal = refusal(model, shape, workers);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    return narrow(Known.ofLog(logNanos(model, shape, workers), basis(shape, workers)));
  }

  Prediction ratio(Model model, Model against, TaskShape shape, int workers) {
    Optional<String> refusal =
        refusal(model, shape, workers).or(() -> refusal(against, shape, workers));
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    StudentEstimate ratio = logRatio(model, against, shape);
    if (workers != cost.base().workers()) {
      ratio = sum(sum(ratio, growth(against, workers), 1), growth(model, workers), -1);
    }
    return narrow(Known.ofLog(ratio, basis(shape, workers)));
  }

  /// The ratio with the base configuration's workers, however wide its interval is; of two models
  /// that fit.
  Known interval(Model model, Model against, TaskShape shape) {
    return Known.ofLog(logRatio(model, against, shape), basis(shape, cost.base().workers()));
  }

  Prediction memoryBytes(Model model, int workers) {
    return line(model, cost.costs(model).flatMap(ModelCost::memory), workers, "memory");
  }

  Prediction startUpNanos(Model model, int workers) {
    return line(model, cost.costs(model).flatMap(ModelCost::startUp), workers, "start-up");
  }

  private Prediction line(Model model, Optional<WorkerLine> line, int workers, String what) {
    if (line.isEmpty()) {
      return new Refused(
          "the " + what + " of " + model.label() + " was not measured with two numbers of workers");
    }
    if (workers < 1 || workers > Math.max(cost.data().cpus(), line.get().most())) {
      return new Refused(tooMany(workers));
    }
    boolean within = workers >= line.get().fewest() && workers <= line.get().most();
    return narrow(Known.ofLog(line.get().log(workers), within ? Basis.WITHIN : Basis.PROJECTED));
  }

  private Optional<String> refusal(Model model, TaskShape shape, int workers) {
    Optional<ModelCost> costs = cost.costs(model);
    if (costs.isEmpty()) {
      return Optional.of("no cost of " + model.label() + " was measured");
    }
    return costs
        .get()
        .refusal()
        .map(reason -> "of " + model.label() + " nothing is derived, because " + reason)
        .or(() -> cost.range().refusal(shape))
        .or(() -> refusal(model, costs.get().scaling(), workers));
  }

  private Optional<String> refusal(Model model, Optional<Scaling> scaling, int workers) {
    if (workers == cost.base().workers()) {
      return Optional.empty();
    }
    if (workers < 1 || workers > cost.data().cpus()) {
      return Optional.of(tooMany(workers));
    }
    if (scaling.isEmpty()) {
      return Optional.of(
          model.label() + " was measured with " + cost.base().workers() + " workers only");
    }
    return workers > scaling.get().most() && scaling.get().counts() < Scaling.FEWEST_TO_PROJECT
        ? Optional.of(
            "%d workers are more than the %d measured, and %d numbers of workers are too few to project from; measure with --cores %d"
                .formatted(workers, scaling.get().most(), scaling.get().counts(), workers))
        : Optional.empty();
  }

  private String tooMany(int workers) {
    return "this machine has %d CPUs, and %d workers cannot be derived from it"
        .formatted(cost.data().cpus(), workers);
  }

  private static Prediction narrow(Known known) {
    if (!Double.isFinite(known.high())) {
      return new Refused("the measured cells say nothing of its error");
    }
    return known.tooWide()
        ? new Refused(
            "it is not known well enough: its interval reaches from %.2g to %.2g times the best guess; measure for longer (--time)"
                .formatted(known.low() / known.value(), known.high() / known.value()))
        : known;
  }

  private Basis basis(TaskShape shape, int workers) {
    Basis of = cost.range().basis(shape);
    return workers == cost.base().workers() ? of : of.or(Basis.PROJECTED);
  }

  private StudentEstimate logNanos(Model model, TaskShape shape, int workers) {
    StudentEstimate atBase = task(model).logNanos(shape);
    return workers == cost.base().workers() ? atBase : sum(atBase, growth(model, workers), 1);
  }

  private TaskCost task(Model model) {
    return cost.costs(model).flatMap(ModelCost::fitting).orElseThrow();
  }

  private StudentEstimate growth(Model model, int workers) {
    return cost.costs(model)
        .flatMap(ModelCost::scaling)
        .orElseThrow()
        .logGrowth(cost.base().workers(), workers);
  }

  /// The errors of the two models have a part in common, the baseline's in the same rounds, which
  /// cancels out.
  private StudentEstimate logRatio(Model model, Model against, TaskShape shape) {
    StudentEstimate time = task(model).logNanos(shape);
    StudentEstimate other = task(against).logNanos(shape);
    StudentEstimate apart = sum(other, time, -1);
    double common = common(model, against, shape);
    double variance = Math.max(0, square(apart.standardError()) - 2 * common);
    return new StudentEstimate(
        apart.value(), Math.sqrt(variance), apart.degreesOfFreedom(), apart.samples());
  }

  /// The covariance of the logarithms of two models' times.
  private double common(Model model, Model against, TaskShape shape) {
    Map<Cell, StudentEstimate> paired =
        cost.data().logRatios().getOrDefault(new Pair(model, against), Map.of());
    List<CostPoint> ones = task(model).points();
    List<CostPoint> others = task(against).points();
    double[] mine = task(model).sensitivities(shape);
    double[] theirs = task(against).sensitivities(shape);
    double sum = 0;
    for (int i = 0; i < ones.size(); i++) {
      for (int j = 0; j < others.size(); j++) {
        StudentEstimate ratio = paired.get(ones.get(i).cell());
        if (ratio != null && ones.get(i).cell().equals(others.get(j).cell())) {
          sum += mine[i] * theirs[j] * covariance(ones.get(i), others.get(j), ratio);
        }
      }
    }
    return sum;
  }

  /// From the errors of two models against the baseline, and of one against the other.
  private static double covariance(CostPoint one, CostPoint other, StudentEstimate ratio) {
    double first = square(one.logTime().standardError());
    double second = square(other.logTime().standardError());
    double covariance = (first + second - square(ratio.standardError())) / 2;
    return Double.isFinite(covariance) ? Math.clamp(covariance, 0, Math.min(first, second)) : 0;
  }

  private static StudentEstimate sum(StudentEstimate one, StudentEstimate other, int sign) {
    return new StudentEstimate(
        one.value() + sign * other.value(),
        Math.hypot(one.standardError(), other.standardError()),
        Math.min(one.degreesOfFreedom(), other.degreesOfFreedom()),
        Math.min(one.samples(), other.samples()));
  }

  private static double square(double x) {
    return x * x;
  }
}
