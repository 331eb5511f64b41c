package dev.forklab.bench.cli;

import dev.forklab.results.Cell;
import dev.forklab.results.Host;
import dev.forklab.results.HostCounters;
import dev.forklab.results.MemorySample;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.Slice;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import dev.forklab.results.sample.PlainSlice;
import dev.forklab.results.sample.SampleRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A run directory with made-up throughput and memory: slices differ by 1%, launches by a little,
/// and how fast forked processes are is given.
///
/// @param version what the lab that measured it calls itself
/// @param large the throughput of forked processes with messages of 1 MiB, as a share of ideal
record MadeRun(String version, Host host, long seed, double large) {

  private static final List<Model> MODELS =
      List.of(Model.INLINE, Model.CONTROL, Model.FORK, Model.THREADS);
  private static final Cell SMALL = SampleRuns.cell(2, 4096);
  private static final Cell LARGE = SampleRuns.cell(2, 1 << 20);
  private static final int BLOCKS = 4;
  private static final int ROUNDS = 10;
  private static final long OPERATIONS = 100;

  static MadeRun of(String version, long seed, double large) {
    return new MadeRun(version, SampleRuns.host(), seed, large);
  }

  /// Writes it into a new directory.
  Path write(Path directory) throws Exception {
    RunDirectory run = new RunDirectory(Files.createDirectory(directory));
    run.writeRun(run());
    SplittableRandom random = new SplittableRandom(seed);
    for (PlannedTrial planned : run().plan().trials()) {
      run.append(trial(planned, random));
    }
    return directory;
  }

  private Run run() {
    Run sample = SampleRuns.run(MODELS, host);
    List<PlannedTrial> trials = new ArrayList<>();
    for (int block = 0; block < BLOCKS; block++) {
      for (Cell cell : List.of(SMALL, LARGE)) {
        trials.add(planned(trials.size(), block, TrialKind.THROUGHPUT, cell, MODELS));
      }
      trials.add(planned(trials.size(), block, TrialKind.FOOTPRINT, SMALL, List.of(Model.FORK)));
    }
    Plan plan =
        new Plan(
            seed,
            "seal",
            BLOCKS,
            List.of(SMALL, LARGE),
            MODELS,
            sample.plan().budget(),
            sample.plan().heapBytes(),
            sample.plan().collector(),
            trials);
    return new Run(
        sample.schema(), version, 0, sample.command(), plan, host, sample.calibrations());
  }

  private static PlannedTrial planned(
      int index, int block, TrialKind kind, Cell cell, List<Model> models) {
    return new PlannedTrial(index, block, kind, cell, models, 7L * index);
  }

  private Trial trial(PlannedTrial planned, SplittableRandom random) {
    boolean footprint = planned.kind() == TrialKind.FOOTPRINT;
    HostCounters none = new HostCounters(0, 0, 0, 0, 0, 0, 0, 0);
    return new Trial(
        RunDirectory.SCHEMA,
        planned,
        0,
        1,
        footprint ? List.of() : slices(planned, random),
        List.of(),
        List.of(),
        footprint ? List.of(memory(random)) : List.of(),
        List.of(),
        none,
        none,
        List.of(),
        List.of(),
        null);
  }

  private List<Slice> slices(PlannedTrial planned, SplittableRandom random) {
    List<Model> order = new ArrayList<>(planned.models());
    order.addAll(planned.models().reversed());
    List<Slice> slices = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Model model : order) {
        double speed = share(model, planned.cell()) * Math.exp(0.01 * random.nextGaussian());
        long nanos = Math.round(OPERATIONS * planned.cell().taskNanos() / speed);
        slices.add(PlainSlice.of(round, model, false, OPERATIONS, nanos, -1, 0, null));
      }
    }
    return slices;
  }

  private double share(Model model, Cell cell) {
    return switch (model) {
      case INLINE, CONTROL -> 1;
      case FORK -> cell.equals(LARGE) ? 2 * large : 1.8;
      default -> 1.9;
    };
  }

  private static MemorySample memory(SplittableRandom random) {
    long bytes = Math.round(2e8 * Math.exp(0.003 * random.nextGaussian()));
    return new MemorySample(MemorySample.Phase.LOADED, 3, bytes, bytes, bytes, bytes, bytes);
  }
}
