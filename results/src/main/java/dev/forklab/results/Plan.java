package dev.forklab.results;

import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a run will do, complete: the same plan and seed give the same trials in the same order.
///
/// @param seed of every random choice: the order of trials and of slices
/// @param workload the name of the workload
/// @param blocks how many passes over all cells
/// @param cells all cells
/// @param models the names of the models compared in each cell, baseline and control included
/// @param budget how long slices and trials are
/// @param heapBytes the total maximum heap of a model's JVMs, shared out among its processes
/// @param collector the garbage collector of every JVM: `serial`, `parallel`, `g1` or `z`
/// @param trials every trial, in the order of execution
/// @param workloadJars where the workload comes from if the lab does not bring it; a run written
///   before there was such a thing has none
/// @param goal when the run may end before its last block; a run written before there was such a
///   thing has none
/// @param reserve time for trials that are chosen while the run goes on, after those of the plan; a
///   run written before there was such a thing has none
public record Plan(
    long seed,
    String workload,
    int blocks,
    List<Cell> cells,
    List<Model> models,
    Budget budget,
    long heapBytes,
    String collector,
    List<PlannedTrial> trials,
    @Nullable List<WorkloadJar> workloadJars,
    @Nullable Goal goal,
    @Nullable Reserve reserve) {

  public Plan {
    cells = List.copyOf(cells);
    models = List.copyOf(models);
    trials = List.copyOf(trials);
    workloadJars = workloadJars == null ? List.of() : List.copyOf(workloadJars);
  }

  /// A plan for a workload that the lab brings.
  public Plan(
      long seed,
      String workload,
      int blocks,
      List<Cell> cells,
      List<Model> models,
      Budget budget,
      long heapBytes,
      String collector,
      List<PlannedTrial> trials) {
    this(
        seed, workload, blocks, cells, models, budget, heapBytes, collector, trials, List.of(),
        null);
  }

  /// A plan all of whose trials are known.
  public Plan(
      long seed,
      String workload,
      int blocks,
      List<Cell> cells,
      List<Model> models,
      Budget budget,
      long heapBytes,
      String collector,
      List<PlannedTrial> trials,
      @Nullable List<WorkloadJar> workloadJars,
      @Nullable Goal goal) {
    this(
        seed,
        workload,
        blocks,
        cells,
        models,
        budget,
        heapBytes,
        collector,
        trials,
        workloadJars,
        goal,
        null);
  }

  /// Its cells, and the base configuration that the answer speaks of, chosen before anything is
  /// measured.
  public Grid grid() {
    return new Grid(cells);
  }

  /// [Grid#base] of its cells.
  public Optional<Cell> base() {
    return grid().base();
  }

  /// When a run may end before its last block.
  ///
  /// @param precision the half-width that its intervals are to reach, as a share: 0.02 is ±2%
  /// @param timeNanos the time after which it begins no further block
  public record Goal(double precision, long timeNanos) {

    /// No run stops at a precision before so many blocks are whole: the spread of fewer launches is
    /// too rough a number to stop by.
    public static final int FEWEST_BLOCKS = 4;
  }

  /// Time that no trial of the plan takes up.
  ///
  /// @param timeNanos how long the whole run is to take: a further trial begins only if it is
  ///   expected to end by then
  public record Reserve(long timeNanos) {

    public Reserve {
      if (timeNanos < 0) {
        throw new IllegalArgumentException("expected a time of 0 or more, found " + timeNanos);
      }
    }
  }

  /// The jars of the user's workload, none for one that the lab brings.
  @Override
  public List<WorkloadJar> workloadJars() {
    return workloadJars == null ? List.of() : workloadJars;
  }

  /// The same with parts of other lengths.
  public Plan within(Budget other) {
    return new Plan(
        seed,
        workload,
        blocks,
        cells,
        models,
        other,
        heapBytes,
        collector,
        trials,
        workloadJars,
        goal,
        reserve);
  }

  /// A jar of the user's workload.
  ///
  /// @param path where it lay, absolute
  /// @param sha256 its content's digest in hexadecimal: a run goes on with the same work only
  public record WorkloadJar(String path, String sha256) {

    /// A class path with these jars behind it.
    public static String behind(String classPath, List<WorkloadJar> jars) {
      return Stream.concat(Stream.of(classPath), jars.stream().map(WorkloadJar::path))
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /// One trial to come.
  ///
  /// @param index its place in the run's order, from 0
  /// @param block the block it belongs to, from 0
  /// @param models the models alive in it
  /// @param seed of the order of its slices
  public record PlannedTrial(
      int index, int block, TrialKind kind, Cell cell, List<Model> models, long seed) {

    public PlannedTrial {
      models = List.copyOf(models);
    }
  }

  /// How long the parts of a trial are.
  ///
  /// @param sliceNanos one slice of a 1 ms task; longer tasks get longer slices
  /// @param leastWarmupNanos a trial is warmed up for this long even if its models are steady
  ///   sooner
  /// @param warmupNanos a trial is warmed up until its models are steady, and no longer than this;
  ///   where threads have to share CPUs, for twice as long
  /// @param measureNanos slices kept, summed over models
  /// @param startUps how many times a footprint trial starts its pool
  public record Budget(
      long sliceNanos, long leastWarmupNanos, long warmupNanos, long measureNanos, int startUps) {

    /// Of trials that are warmed up for as long as they need.
    public Budget(long sliceNanos, long warmupNanos, long measureNanos, int startUps) {
      this(sliceNanos, 0, warmupNanos, measureNanos, startUps);
    }

    /// The same with as much time for slices that are kept.
    public Budget measuring(long nanos) {
      return new Budget(sliceNanos, leastWarmupNanos, warmupNanos, nanos, startUps);
    }
  }
}
