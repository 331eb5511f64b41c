package dev.forklab.bench.cli;

import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.run.Eta;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Goal;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import dev.forklab.results.units.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A plan as a person reads it on a terminal.
final class PlanText {

  private PlanText() {}

  /// The plan in a few lines.
  static String overview(Plan plan, Duration asked) {
    StringBuilder text = new StringBuilder();
    Duration estimate = Planner.estimate(plan);
    text.append(
        "plan: %d cells, %d trials in %d %s, about %s%n"
            .formatted(
                plan.cells().size(),
                plan.trials().size(),
                plan.blocks(),
                plan.blocks() == 1 ? "block" : "blocks",
                Notation.spoken(estimate)));
    text.append("  workload ").append(plan.workload()).append('\n');
    text.append("  models   ").append(names(plan.models())).append('\n');
    Cell base = plan.cells().getFirst();
    text.append("  workers  ").append(workers(plan)).append('\n');
    text.append("  messages ").append(distinct(plan, it -> Quantity.size(it.messageBytes())));
    text.append("\n  tasks    ").append(distinct(plan, it -> Quantity.exactTime(it.taskNanos())));
    text.append(
        "%n  JVMs     %s collector, %d MiB of heap for each model%n"
            .formatted(plan.collector(), plan.heapBytes() >> 20));
    text.append("  seed     ").append(plan.seed()).append('\n');
    if (plan.reserve() != null) {
      text.append(
          "  then     about %d more launches for throughput, where intervals are widest%n"
              .formatted(new Eta(plan, Set.of()).trials(0) - plan.trials().size()));
    }
    Goal goal = plan.goal();
    if (goal != null) {
      text.append(
          "  until    throughput of candidates against each other is known to ±%s; this is the most it takes%n"
              .formatted(Notation.ofShare(goal.precision())));
    }
    if (estimate.compareTo(asked.multipliedBy(11).dividedBy(10)) > 0) {
      text.append(
          "  this is longer than the %s asked for: each trial needs its fewest rounds%n"
              .formatted(Notation.spoken(asked)));
    }
    if (base.cpus() < 1) {
      throw new IllegalStateException("expected a CPU in " + base);
    }
    return text.toString();
  }

  /// Every trial, one a line.
  static String trials(Plan plan) {
    return plan.trials().stream()
        .map(trial ->
            "  %3d  block %d  %-10s  %s"
                .formatted(
                    trial.index() + 1, trial.block() + 1, kind(trial.kind()), cellAndModels(trial)))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /// What a trial does: "measuring throughput".
  static String doing(TrialKind kind) {
    return switch (kind) {
      case THROUGHPUT -> "measuring throughput";
      case LATENCY -> "measuring latency";
      case OPEN_LOOP -> "measuring latency on a schedule";
      case FOOTPRINT -> "measuring memory and start-up";
      case ISOLATED -> "measuring throughput alone";
    };
  }

  /// One trial in a few words, for progress.
  static String cellAndModels(PlannedTrial trial) {
    Cell cell = trial.cell();
    String factors =
        "%d %s, %s, %s"
            .formatted(
                cell.workers(),
                cell.workers() == 1 ? "worker" : "workers",
                Quantity.size(cell.messageBytes()),
                Quantity.exactTime(cell.taskNanos()));
    return trial.kind() == TrialKind.FOOTPRINT ? factors + ", " + names(trial.models()) : factors;
  }

  static String kind(TrialKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String names(List<Model> models) {
    return models.stream().map(Model::id).collect(Collectors.joining(", "));
  }

  private static String workers(Plan plan) {
    String sweep = distinct(plan, it -> it.workers() + (it.oversubscribed() ? "*" : ""));
    int cpus = plan.cells().stream().mapToInt(Cell::cpus).max().orElse(1);
    return plan.cells().stream().anyMatch(Cell::oversubscribed)
        ? sweep + "   (* oversubscribed: more workers than the " + cpus + " CPUs used)"
        : sweep;
  }

  private static String distinct(Plan plan, java.util.function.Function<Cell, String> factor) {
    return plan.cells().stream().map(factor).distinct().collect(Collectors.joining(", "));
  }
}
