package dev.forklab.reports.analysis;

import dev.forklab.reports.cost.CostCheck;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.cost.CostPoint;
import dev.forklab.reports.cost.ModelCost;
import dev.forklab.reports.cost.Prediction;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.cost.Prediction.Refused;
import dev.forklab.reports.cost.RegimeMap;
import dev.forklab.reports.cost.TaskCost;
import dev.forklab.reports.stats.Inference;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/// A model of cost in sentences.
public final class CostWords {

  private final CostModel cost;

  public CostWords(CostModel cost) {
    this.cost = cost;
  }

  /// What a task, a worker and a start cost, model by model; of a model that does not fit, why.
  public List<String> costs() {
    return models().flatMap(model -> sentence(model).stream()).toList();
  }

  private Stream<Model> models() {
    return cost.models().keySet().stream().sorted();
  }

  private Optional<String> sentence(Model model) {
    return Optional.ofNullable(cost.models().get(model)).flatMap(costs -> sentence(model, costs));
  }

  private static Optional<String> sentence(Model model, ModelCost costs) {
    if (costs.refusal().isPresent()) {
      return Optional.of(
          Wording.capital(model.label())
              + ": nothing is derived, because "
              + costs.refusal().get()
              + ".");
    }
    return costs.fitting().map(task -> Wording.capital(model.label()) + ": " + task(task) + ".");
  }

  /// "each task with its message and reply costs 18.2 µs ± 4% and 8.1 ns ± 2% a byte, and the work
  /// takes 1.06 ± 0.01 times as long as alone".
  private static String task(TaskCost task) {
    return "each task with its message and its reply costs "
        + amount(task.perTask(), Quantity::time)
        + " and "
        + amount(task.perByte(), Quantity::time)
        + " a byte, and the work itself takes "
        + plain(task.stretch())
        + " times as long as alone";
  }

  /// A cost with its interval; "at most" its upper end where the interval contains 0.
  public static String amount(StudentEstimate of, DoubleFunction<String> unit) {
    double half = of.halfWidth(Inference.ALPHA);
    return of.value() - half <= 0
        ? "at most " + unit.apply(of.value() + half)
        : Quantity.within(of.value(), of.value() - half, of.value() + half, unit);
  }

  /// "1.064 ± 0.012".
  public static String plain(StudentEstimate of) {
    double half = of.halfWidth(Inference.ALPHA);
    return Quantity.ratio(of.value(), of.value() - half, of.value() + half);
  }

  /// How well left-out cells were predicted, in a sentence.
  public String check() {
    CostCheck check = cost.check();
    if (check.medianError().isEmpty()) {
      return "The model of cost could not be checked: no cell is determined by the others.";
    }
    double error = check.medianError().get();
    long cells = check.heldOut().stream().map(CostCheck.HeldOut::cell).distinct().count();
    String winners =
        check.winners().isEmpty()
            ? "; no cell of these has a certain winner"
            : "; the winner was right in "
                + check.rightWinners()
                + " of "
                + check.winners().size()
                + " cells that have one";
    return "Left out of the fit and predicted from the others, "
        + cells
        + (cells == 1 ? " cell was" : " cells were")
        + " off by "
        + percent(error)
        + " in the median over models"
        + winners
        + (error > CostCheck.AIM_ERROR
            ? ". That is more than the "
                + percent(CostCheck.AIM_ERROR)
                + " that a useful model stays below, so take what follows as a hint only."
            : ".");
  }

  /// Where isolation stops to be expensive and where it is nearly free, for each model that
  /// isolates and each size of message.
  public List<String> crossovers(List<Double> messageBytes) {
    List<String> sentences = new ArrayList<>();
    cost.fitting().keySet().stream()
        .filter(Model::isolates)
        .sorted()
        .forEach(model ->
            messageBytes.forEach(bytes ->
                against()
                    .flatMap(other -> crossover(model, other, bytes))
                    .ifPresent(sentences::add)));
    return sentences;
  }

  /// The fastest model that shares its process, at the base configuration.
  private Optional<Model> against() {
    return cost.fitting().entrySet().stream()
        .filter(entry -> !entry.getKey().isolates())
        .min(
            Comparator.comparingDouble(entry ->
                entry.getValue().points().stream()
                    .filter(point -> point.cell().equals(cost.base()))
                    .mapToDouble(CostPoint::nanos)
                    .findFirst()
                    .orElse(Double.POSITIVE_INFINITY)))
        .map(Map.Entry::getKey);
  }

  private Optional<String> crossover(Model model, Model against, double bytes) {
    String where = "With " + Quantity.size(Math.round(bytes)) + " messages, " + model.label();
    Prediction expensive =
        cost.crossover(model, against, 1 - RegimeMap.EXPENSIVE, bytes).taskNanos();
    Prediction free = cost.crossover(model, against, 1 - RegimeMap.NEARLY_FREE, bytes).taskNanos();
    return switch (expensive) {
      case Refused _ -> Optional.empty();
      case Known known ->
          Optional.of(
              where
                  + " cost "
                  + below(known, RegimeMap.EXPENSIVE)
                  + (free instanceof Known from ? from(from, known) : "")
                  + " (against "
                  + against.label()
                  + ").");
    };
  }

  /// "more than 10% below 180 µs a task (150 µs to 230 µs)".
  private static String below(Known task, double share) {
    if (task.value() == 0) {
      return "at most " + percent(share) + " even with the shortest tasks that can be told of";
    }
    if (Double.isInfinite(task.value())) {
      return "more than " + percent(share) + " with tasks of any length";
    }
    return "more than "
        + percent(share)
        + " below "
        + Quantity.time(task.value())
        + " a task"
        + range(task);
  }

  private static String from(Known free, Known expensive) {
    if (Double.isInfinite(expensive.value())) {
      return "";
    }
    if (Double.isInfinite(free.value())) {
      return ", and never less than " + percent(RegimeMap.NEARLY_FREE);
    }
    return free.value() == 0
        ? ", and less than " + percent(RegimeMap.NEARLY_FREE)
        : ", and less than "
            + percent(RegimeMap.NEARLY_FREE)
            + " from "
            + Quantity.time(free.value())
            + range(free)
            + " on";
  }

  /// The interval in brackets, as far as it ends.
  private static String range(Known task) {
    boolean open = Double.isInfinite(task.high());
    if (task.low() == 0) {
      return open ? " (or any other)" : " (at most " + Quantity.time(task.high()) + ")";
    }
    return open
        ? " (at least " + Quantity.time(task.low()) + ")"
        : " (" + Quantity.time(task.low()) + " to " + Quantity.time(task.high()) + ")";
  }

  private static String percent(double share) {
    double percent = 100 * share;
    return percent >= 9.95
        ? Math.round(percent) + "%"
        : String.format(Locale.ROOT, "%.1f", percent).replaceAll("\\.0$", "") + "%";
  }
}
