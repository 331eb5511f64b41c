package dev.forklab.reports.cost;

import dev.forklab.reports.stats.Quantiles;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a task costs in each model, with as many workers as the base configuration has.
///
/// @param workers how many
/// @param tasks of each model whose cells tell work, tasks and bytes apart
public record CostModel(int workers, Map<Model, TaskCost> tasks) {

  private static final double NANOS_PER_SECOND = 1e9;

  public CostModel {
    tasks = Map.copyOf(tasks);
  }

  /// Fits each model to its cells.
  public static CostModel of(int workers, Map<Model, List<CostPoint>> points) {
    Map<Model, TaskCost> tasks = new EnumMap<>(Model.class);
    points.forEach((model, of) -> TaskCost.of(of).ifPresent(cost -> tasks.put(model, cost)));
    return new CostModel(workers, tasks);
  }

  /// Of a model that fits; nothing is derived from another.
  public Optional<TaskCost> fitting(Model model) {
    return Optional.ofNullable(tasks.get(model)).filter(TaskCost::fits);
  }

  /// Tasks a second.
  public OptionalDouble throughput(Model model, double workNanos, double messageBytes) {
    Optional<StudentEstimate> nanos =
        fitting(model).map(cost -> cost.nanos(workNanos, messageBytes)).filter(it -> it.value() > 0);
    return nanos.isPresent()
        ? OptionalDouble.of(workers * NANOS_PER_SECOND / nanos.get().value())
        : OptionalDouble.empty();
  }

  /// The logarithm of the ratio of two models' throughputs, the first to the second; empty where
  /// one of them does not fit.
  ///
  /// The errors of both fits are taken for independent. Part of them is common, so the interval is
  /// rather too wide.
  public Optional<StudentEstimate> logRatio(
      Model model, Model against, double workNanos, double messageBytes) {
    return fitting(model)
        .flatMap(one ->
            fitting(against)
                .map(other ->
                    quotient(
                        other.nanos(workNanos, messageBytes), one.nanos(workNanos, messageBytes))))
        .filter(ratio -> Double.isFinite(ratio.value()));
  }

  private static StudentEstimate quotient(StudentEstimate above, StudentEstimate below) {
    double error =
        Math.hypot(above.standardError() / above.value(), below.standardError() / below.value());
    return new StudentEstimate(
        Math.log(above.value() / below.value()),
        error,
        Math.min(above.degreesOfFreedom(), below.degreesOfFreedom()),
        Math.min(above.samples(), below.samples()));
  }

  /// The task time, of work, from which on a model reaches at least this share of another's
  /// throughput at this size of messages: 0 if it always does, infinite if it never will, empty
  /// where one of them does not fit.
  public OptionalDouble worksFrom(Model model, Model against, double share, double messageBytes) {
    Optional<TaskCost> one = fitting(model);
    Optional<TaskCost> other = fitting(against);
    if (one.isEmpty() || other.isEmpty()) {
      return OptionalDouble.empty();
    }
    double fixed =
        share * one.get().nanos(0, messageBytes).value() - other.get().nanos(0, messageBytes).value();
    double stretch = other.get().stretch().value() - share * one.get().stretch().value();
    if (fixed <= 0) {
      return OptionalDouble.of(0);
    }
    return OptionalDouble.of(stretch > 0 ? fixed / stretch : Double.POSITIVE_INFINITY);
  }

  /// How well cells are predicted that were left out of the fit; empty if none could be.
  ///
  /// @param medianError the median over models and cells of how far predictions are off, as a share
  /// @param cells how many predictions that is
  public record Check(double medianError, int cells) {}

  /// The errors of all predictions of cells that were left out.
  public Optional<Check> check() {
    double[] errors =
        tasks.values().stream()
            .flatMap(cost -> cost.heldOut().stream())
            .mapToDouble(held -> Math.abs(held.error()))
            .toArray();
    return errors.length == 0
        ? Optional.empty()
        : Optional.of(new Check(Quantiles.median(errors), errors.length));
  }

  /// The model of most throughput in a cell, predicted from the other cells; empty unless all of
  /// these models can be.
  public Optional<Model> winner(List<Model> models, Cell cell) {
    Map<Model, Double> nanos = new EnumMap<>(Model.class);
    for (Model model : models) {
      TaskCost cost = tasks.get(model);
      if (cost != null) {
        cost.heldOut().stream()
            .filter(held -> held.cell().equals(cell))
            .findFirst()
            .ifPresent(held -> nanos.put(model, held.predicted()));
      }
    }
    return nanos.size() < models.size()
        ? Optional.empty()
        : nanos.entrySet().stream()
            .min(Comparator.comparingDouble(Map.Entry::getValue))
            .map(Map.Entry::getKey);
  }
}
