package dev.forklab.reports.analysis;

import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Host;
import dev.forklab.results.HostCounters;
import dev.forklab.results.MemorySample;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Run;
import dev.forklab.results.Slice;
import dev.forklab.results.StartUp;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import dev.forklab.results.sample.PlainSlice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A run made up by a seeded machine that behaves as badly as real ones: its speed drifts and
/// jumps, slices are disturbed, launches differ; but how fast each model truly is, is known.
public final class SyntheticRun {

  public static final Cell BASE = new Cell(2, 2, 4096, 1_000_000);

  private final SplittableRandom random;
  private final Map<Model, Double> share = new EnumMap<>(Model.class);
  private final Map<Model, ToDoubleFunction<Cell>> shares = new EnumMap<>(Model.class);
  private final Map<Model, Double> launches = new EnumMap<>(Model.class);
  private List<Cell> cells = List.of(BASE);
  private int blocks = 2;
  public int rounds = 15;
  public double drift = 0.1;
  public double noise = 0.02;
  public double disturbed = 0.1;
  double launch = 0.005;
  long cpuTick = 1;

  public SyntheticRun(long seed) {
    random = new SplittableRandom(seed);
    share.put(Model.INLINE, 1.0);
    share.put(Model.CONTROL, 1.0);
    share.put(Model.FORK, 0.93);
    share.put(Model.THREADS, 0.99);
    share.put(Model.VIRTUAL, 0.99);
  }

  public SyntheticRun cells(Cell... all) {
    cells = List.of(all);
    return this;
  }

  public SyntheticRun blocks(int count) {
    blocks = count;
    return this;
  }

  /// What share of ideal a model truly reaches.
  public SyntheticRun share(Model model, double of) {
    share.put(model, of);
    return this;
  }

  /// The same, cell by cell.
  SyntheticRun share(Model model, ToDoubleFunction<Cell> of) {
    shares.put(model, of);
    return share(model, 1);
  }

  /// By how much a model's launches differ, if not by [#launch].
  SyntheticRun launch(Model model, double of) {
    launches.put(model, of);
    return this;
  }

  public SyntheticRun without(Model model) {
    share.remove(model);
    return this;
  }

  List<Model> models() {
    return List.copyOf(share.keySet());
  }

  public Run run() {
    List<PlannedTrial> planned = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      for (Cell cell : cells) {
        for (TrialKind kind : List.of(TrialKind.THROUGHPUT, TrialKind.LATENCY)) {
          planned.add(planned(planned.size(), block, kind, cell, models()));
        }
        for (Model model : models()) {
          if (model.role() == Model.Role.CANDIDATE) {
            planned.add(planned(planned.size(), block, TrialKind.FOOTPRINT, cell, List.of(model)));
          }
        }
      }
    }
    Plan plan =
        new Plan(
            42,
            "seal",
            blocks,
            cells,
            models(),
            new Plan.Budget(50_000_000, 1_000_000_000, 9_000_000_000L, 4),
            1L << 30,
            "g1",
            planned);
    Host host =
        new Host("Linux", "A CPU", 2, 8L << 30, "25", Map.of("governor", "none"), List.of());
    return new Run(
        1,
        "0.1.0",
        0,
        "lab bench",
        plan,
        host,
        cells.stream()
            .map(cell ->
                new Calibration(
                    "seal", cell.messageBytes(), cell.taskNanos(), 3000, cell.taskNanos(), 0.01))
            .distinct()
            .toList());
  }

  private static PlannedTrial planned(
      int index, int block, TrialKind kind, Cell cell, List<Model> models) {
    return new PlannedTrial(index, block, kind, cell, models, 1000L + index);
  }

  public List<Trial> trials(Run run) {
    return run.plan().trials().stream().map(this::trial).toList();
  }

  public Trial trial(PlannedTrial planned) {
    boolean footprint = planned.kind() == TrialKind.FOOTPRINT;
    List<Slice> slices = footprint ? List.of() : slices(planned);
    List<StartUp> startUps = footprint ? startUps(planned) : List.of();
    List<MemorySample> memory = footprint ? memory(planned) : List.of();
    return trial(planned, slices, startUps, memory, null);
  }

  static Trial trial(
      PlannedTrial planned,
      List<Slice> slices,
      List<StartUp> startUps,
      List<MemorySample> memory,
      @Nullable String failure) {
    HostCounters counters = new HostCounters(0, 0, 0, 0, 0, 0, 0, 0);
    return new Trial(
        1, planned, 0, 1, slices, List.of(), startUps, memory, List.of(), counters, counters,
        List.of(), List.of(), failure);
  }

  private List<Slice> slices(PlannedTrial planned) {
    Map<Model, Double> luck = new EnumMap<>(Model.class);
    planned
        .models()
        .forEach(model -> luck.put(model, launches.getOrDefault(model, launch) * gaussian()));
    List<Slice> slices = new ArrayList<>();
    double speed = drift * gaussian();
    for (int round = 0; round < rounds; round++) {
      for (Model model : mirrored(planned.models())) {
        speed = 0.95 * speed + Math.sqrt(1 - 0.95 * 0.95) * drift * gaussian();
        slices.add(slice(planned, round, model, speed + luck.getOrDefault(model, 0.0)));
      }
    }
    return slices;
  }

  private Slice slice(PlannedTrial planned, int round, Model model, double speed) {
    Cell cell = planned.cell();
    double log = speed + noise * gaussian();
    if (random.nextDouble() < disturbed) {
      log -= 0.3 * random.nextDouble();
    }
    boolean alone = model == Model.INLINE || model == Model.CONTROL;
    double tasksPerNano =
        shares.getOrDefault(model, _ -> share.getOrDefault(model, 1.0)).applyAsDouble(cell)
            * (alone ? 1 : cell.cpus())
            * Math.exp(log)
            / cell.taskNanos();
    long operations = Math.max(1, Math.round(50_000_000 * tasksPerNano));
    long nanos = Math.round(operations / tasksPerNano);
    long cpu = Math.round(nanos * (alone ? 1.0 : cell.cpus()) / cpuTick) * cpuTick;
    boolean timed = planned.kind() == TrialKind.LATENCY;
    String latency = timed ? latencies(operations, (alone ? 1 : cell.cpus()) / tasksPerNano) : null;
    return PlainSlice.of(round, model, false, operations, nanos, cpu, 0, latency);
  }

  private String latencies(long operations, double typical) {
    Histogram histogram = new Histogram(3);
    for (long i = 0; i < operations; i++) {
      histogram.recordValue(Math.round(typical * Math.exp(0.05 * gaussian())));
    }
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(bytes);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }

  private List<StartUp> startUps(PlannedTrial planned) {
    double typical = planned.models().getFirst() == Model.FORK ? 200e6 : 5e6;
    List<StartUp> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long first = Math.round(typical * Math.exp(0.05 * gaussian()));
      starts.add(new StartUp(i, first, first + 1_000_000));
    }
    return starts;
  }

  private List<MemorySample> memory(PlannedTrial planned) {
    boolean fork = planned.models().getFirst() == Model.FORK;
    long pss = (fork ? 350L : 50L) << 20;
    List<MemorySample> samples = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      samples.add(new MemorySample(phase, fork ? 3 : 1, pss, pss, pss, pss / 4, pss / 2));
    }
    return samples;
  }

  private static List<Model> mirrored(List<Model> models) {
    List<Model> order = new ArrayList<>(models);
    order.addAll(models.reversed());
    return order;
  }

  private double gaussian() {
    return random.nextGaussian();
  }
}
