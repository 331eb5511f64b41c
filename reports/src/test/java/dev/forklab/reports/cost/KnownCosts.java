package dev.forklab.reports.cost;

import dev.forklab.reports.cost.CostData.Pair;
import dev.forklab.reports.cost.CostData.WorkerPoint;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.TaskParts;
import dev.forklab.results.TaskParts.Messages;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// What a run of a default plan would measure of models whose costs are known, with errors of known
/// size: those of the baseline, which all models of a cell share, and their own.
public final class KnownCosts {

  public static final Cell BASE = new Cell(8, 8, 4 << 10, 1_000_000);

  private static final int FREEDOM = 8;

  private final SplittableRandom random;
  private final double baselineError;
  private final double ownError;
  private final Map<Model, Truth> models = new EnumMap<>(Model.class);
  private final List<Cell> cells = new ArrayList<>();

  /// What a model truly costs.
  ///
  /// @param contention what each other worker adds to the stretch, as a share of it with one
  public record Truth(double stretch, double perTask, double perByte, double contention) {

    double nanos(Cell cell) {
      double growth =
          (1 + contention * (cell.workers() - 1)) / (1 + contention * (BASE.workers() - 1));
      return growth * (stretch * cell.taskNanos() + perTask + perByte * cell.messageBytes());
    }
  }

  public KnownCosts(long seed, double baselineError, double ownError) {
    this.random = new SplittableRandom(seed);
    this.baselineError = baselineError;
    this.ownError = ownError;
    models.put(Model.FORK, new Truth(1.06, 18_000, 8, 0.02));
    models.put(Model.FORK_BINARY, new Truth(1.055, 12_000, 0.9, 0.02));
    models.put(Model.THREADS, new Truth(1.05, 1_500, 0.01, 0.015));
    models.put(Model.VIRTUAL, new Truth(1.05, 1_200, 0.01, 0.015));
    for (int workers : new int[] {1, 2, 4, 8}) {
      cells.add(new Cell(workers, workers, 4 << 10, 1_000_000));
    }
    for (int bytes : new int[] {64 << 10, 256 << 10, 1 << 20}) {
      cells.add(new Cell(8, 8, bytes, 1_000_000));
    }
    cells.add(new Cell(8, 8, 4 << 10, 100_000));
    cells.add(new Cell(8, 8, 4 << 10, 300_000));
  }

  /// Without any error.
  public static CostData exact() {
    return new KnownCosts(1, 0, 0).data();
  }

  public Map<Model, Truth> models() {
    return models;
  }

  public KnownCosts model(Model model, Truth truth) {
    models.put(model, truth);
    return this;
  }

  public KnownCosts cells(List<Cell> others) {
    cells.clear();
    cells.addAll(others);
    return this;
  }

  public CostData data() {
    Map<Model, List<CostPoint>> tasks = new EnumMap<>(Model.class);
    models.keySet().forEach(model -> tasks.put(model, new ArrayList<>()));
    Map<Pair, Map<Cell, StudentEstimate>> ratios = new HashMap<>();
    for (Cell cell : cells) {
      double baseline = baselineError * random.nextGaussian();
      double baselineFound = baselineError * found();
      Map<Model, Double> logs = new EnumMap<>(Model.class);
      models.forEach((model, truth) ->
          logs.put(model, Math.log(truth.nanos(cell)) + ownError * random.nextGaussian()));
      logs.forEach((model, log) -> {
        double error = Math.hypot(baselineFound, ownError * found());
        StudentEstimate time = new StudentEstimate(log + baseline, error, FREEDOM, 2);
        Objects.requireNonNull(tasks.get(model)).add(new CostPoint(cell, cell.taskNanos(), time));
        logs.forEach((against, other) ->
            ratios
                .computeIfAbsent(new Pair(model, against), _ -> new LinkedHashMap<>())
                .put(cell, estimate(other - log, Math.sqrt(2) * ownError)));
      });
    }
    return new CostData(BASE, 8, tasks, ratios, memory(), startUp(), explanations());
  }

  private StudentEstimate estimate(double value, double error) {
    return new StudentEstimate(value, error * found(), FREEDOM, 2);
  }

  /// What an error is found to be, as a share of what it is: it is an estimate itself.
  private double found() {
    double squares = 0;
    for (int i = 0; i < FREEDOM; i++) {
      squares += Math.pow(random.nextGaussian(), 2);
    }
    return Math.sqrt(squares / FREEDOM);
  }

  private Map<Model, List<WorkerPoint>> memory() {
    double mebi = 1 << 20;
    return Map.of(
        Model.FORK, line(130 * mebi, 30 * mebi),
        Model.FORK_BINARY, List.of(point(8, 370 * mebi)),
        Model.THREADS, line(106 * mebi, 0.1 * mebi),
        Model.VIRTUAL, line(106 * mebi, 0.1 * mebi));
  }

  private Map<Model, List<WorkerPoint>> startUp() {
    return Map.of(
        Model.FORK, line(150e6, 40e6),
        Model.FORK_BINARY, List.of(point(8, 470e6)),
        Model.THREADS, line(1e6, 0.3e6),
        Model.VIRTUAL, line(1e6, 0.2e6));
  }

  private List<WorkerPoint> line(double base, double perWorker) {
    return List.of(
        point(1, base + perWorker),
        point(2, base + 2 * perWorker),
        point(4, base + 4 * perWorker),
        point(8, base + 8 * perWorker));
  }

  /// Of tasks at the base configuration that took 40,000 µs together in 8 workers and 8 CPUs.
  private static List<Explanation> explanations() {
    TaskParts baseline = new TaskParts(Model.INLINE, 40, 40_000_000, 40_000_000, null, null);
    Messages sender = new Messages(100_000, 400_000, 300_000, 200_000, 0);
    Messages workers = new Messages(100_000, 400_000, 300_000, 200_000, 41_600_000);
    return List.of(
        Explanation.of(
            BASE,
            new TaskParts(Model.FORK, 40, 5_600_000, 44_400_000, sender, workers),
            baseline,
            0.01),
        Explanation.of(
            BASE,
            new TaskParts(Model.THREADS, 40, 5_280_000, 42_000_000, null, null),
            baseline,
            0));
  }

  private WorkerPoint point(int workers, double value) {
    double error = ownError * random.nextGaussian();
    return new WorkerPoint(workers, estimate(Math.log(value) + error, ownError));
  }
}
