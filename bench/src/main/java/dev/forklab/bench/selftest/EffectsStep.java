package dev.forklab.bench.selftest;

import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.bench.selftest.Workbench.Measured;
import dev.forklab.bench.selftest.Workbench.Setting;
import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analyzer;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Run;
import dev.forklab.results.Seeded;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Models that are the same, and models that are slower by a known share, in as many blocks, trials
/// and rounds as a usual run gives its base, many times over. Each repetition is analyzed as if it
/// were a run.
final class EffectsStep {

  static final String NAME = "effects";

  static final List<Model> MODELS =
      Stream.concat(
              Stream.of(Model.INLINE, Model.CONTROL, Model.THREADS),
              Arrays.stream(Model.values()).filter(model -> model.role() == Role.INJECTED))
          .toList();

  private EffectsStep() {}

  /// @param repetitions how many runs' worth of trials
  static Plan plan(Trials trials, Cell cell, int repetitions) {
    Plan usual = trials.usual();
    Random random = Seeded.random(trials.seed());
    List<PlannedTrial> planned = new ArrayList<>();
    for (int block = 0; block < repetitions * usual.blocks(); block++) {
      List<TrialKind> order = new ArrayList<>(kinds(usual, block % usual.blocks()));
      Collections.shuffle(order, random);
      for (TrialKind kind : order) {
        planned.add(new PlannedTrial(planned.size(), block, kind, cell, MODELS, random.nextLong()));
      }
    }
    return trials.with(
        usual.workload(),
        repetitions * usual.blocks(),
        List.of(cell),
        MODELS,
        budget(usual),
        planned);
  }

  /// What a block of the usual run measures at its base.
  private static List<TrialKind> kinds(Plan usual, int block) {
    return usual.trials().stream()
        .filter(trial -> trial.block() == block)
        .filter(trial -> usual.base().filter(trial.cell()::equals).isPresent())
        .map(PlannedTrial::kind)
        .filter(kind -> kind == TrialKind.THROUGHPUT || kind == TrialKind.LATENCY)
        .toList();
  }

  /// The usual run's, longer by as much as there are more models, so that each has as many rounds;
  /// a nanosecond a model more, since shares of it are rounded down.
  private static Budget budget(Plan usual) {
    Budget budget = usual.budget();
    long measure = budget.measureNanos() * MODELS.size() / usual.models().size() + MODELS.size();
    return budget.measuring(measure);
  }

  static int rounds(TrialKind kind, Cell cell, List<Model> models, Budget budget) {
    return SliceTiming.of(new PlannedTrial(0, 0, kind, cell, models, 0), budget).measuredRounds();
  }

  static EffectScore run(
      Workbench bench, Trials trials, Cell cell, int repetitions, Workbench.Work work)
      throws IOException {
    Measured measured = bench.measure(NAME, plan(trials, cell, repetitions), work, Setting.PLAIN);
    return EffectScore.of(repetitions, analyses(measured, repetitions));
  }

  /// Each whole repetition, analyzed alone.
  static List<Analysis> analyses(Measured measured, int repetitions) {
    Run run = measured.run();
    int blocks = run.plan().blocks() / repetitions;
    List<Analysis> analyses = new ArrayList<>();
    for (int repetition = 0; repetition < repetitions; repetition++) {
      int current = repetition;
      List<PlannedTrial> planned =
          run.plan().trials().stream().filter(trial -> trial.block() / blocks == current).toList();
      List<Trial> trials =
          measured.trials().stream()
              .filter(trial -> trial.planned().block() / blocks == current)
              .filter(trial -> trial.failure() == null)
              .toList();
      if (trials.size() == planned.size()) {
        analyses.add(Analyzer.analyze(alone(run, blocks, planned), trials));
      }
    }
    return analyses;
  }

  private static Run alone(Run run, int blocks, List<PlannedTrial> planned) {
    Plan whole = run.plan();
    return new Run(
        run.schema(),
        run.labVersion(),
        run.startedEpochMillis(),
        run.command(),
        new Plan(
            whole.seed(),
            whole.workload(),
            blocks,
            whole.cells(),
            whole.models(),
            whole.budget(),
            whole.heapBytes(),
            whole.collector(),
            planned),
        run.host(),
        run.calibrations());
  }
}
