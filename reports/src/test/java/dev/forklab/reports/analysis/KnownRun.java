package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Analyses of whole made-up runs on a machine with two CPUs, of which it is known how fast each
/// model is.
public final class KnownRun {

  public static final Cell BASE = SyntheticRun.BASE;

  private static final Cell[] CELLS = {
    BASE,
    new Cell(1, 1, 4096, 1_000_000),
    new Cell(2, 2, 64 << 10, 1_000_000),
    new Cell(2, 2, 1 << 20, 1_000_000),
    new Cell(2, 2, 4096, 100_000),
  };

  private KnownRun() {}

  /// A run of the base configuration in which candidates reach these shares of ideal.
  public static Analysis of(Map<Model, Double> shares) {
    SyntheticRun synthetic = quiet();
    shares.forEach((model, share) -> synthetic.share(model, share));
    return analysis(synthetic);
  }

  /// A run of a default plan's cells in which processes cost 20 µs a task and 5 ns a byte, and
  /// threads 2 µs a task.
  public static Analysis withCosts() {
    SyntheticRun synthetic = quiet().cells(CELLS);
    synthetic.share(Model.FORK, share(20_000, 5));
    synthetic.share(Model.THREADS, share(2_000, 0));
    synthetic.share(Model.VIRTUAL, share(2_000, 0));
    return analysis(synthetic);
  }

  /// The same, measured in one cell only: too few for a model of cost.
  public static Analysis ofOneCell() {
    return of(Map.of(Model.FORK, 0.9));
  }

  /// A run of equally fast models on a machine so restless that they cannot be told apart.
  public static Analysis noisy() {
    SyntheticRun synthetic = new SyntheticRun(42).blocks(2);
    synthetic.share(Model.FORK, 0.95).share(Model.THREADS, 0.95).share(Model.VIRTUAL, 0.95);
    synthetic.noise = 0.1;
    synthetic.launch = 0.05;
    return analysis(synthetic);
  }

  /// A run of which no trial is done.
  public static Analysis empty() {
    return Analyzer.analyze(quiet().run(), List.of());
  }

  /// What is certain of an exact machine is certain of its verdicts.
  private static SyntheticRun quiet() {
    SyntheticRun synthetic = new SyntheticRun(42).blocks(4);
    synthetic.drift = 0.02;
    synthetic.noise = 0.004;
    synthetic.disturbed = 0;
    synthetic.launch = 0.001;
    return synthetic;
  }

  private static ToDoubleFunction<Cell> share(double perTask, double perByte) {
    return cell -> cell.taskNanos() / (cell.taskNanos() + perTask + perByte * cell.messageBytes());
  }

  private static Analysis analysis(SyntheticRun synthetic) {
    Run run = synthetic.run();
    return Analyzer.analyze(run, synthetic.trials(run));
  }

  /// All candidates of such runs.
  public static List<Model> candidates() {
    return Arrays.stream(Model.values())
        .filter(model -> new SyntheticRun(1).models().contains(model) && model.isCandidate())
        .toList();
  }
}
