package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Plan.Reserve;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The throughput trials of a default run on two CPUs, made up: each takes as long as on a cloud
/// machine, and so does the whole run, whether its plan is fixed or keeps time in reserve.
record SpendingRun(Run run, List<Trial> trials) {

  static final Cell BASE = SyntheticRun.BASE;
  static final Cell ONE_WORKER = new Cell(1, 1, 4096, 1_000_000);
  static final Cell LARGER = new Cell(2, 2, 65_536, 1_000_000);
  static final Cell LARGEST = new Cell(2, 2, 1 << 20, 1_000_000);
  static final Cell SHORTEST = new Cell(2, 2, 4096, 100_000);
  static final List<Cell> CELLS = List.of(ONE_WORKER, BASE, LARGER, LARGEST, SHORTEST);

  /// Seconds of a trial, as measured.
  private static final Map<Cell, Long> SECONDS =
      Map.of(ONE_WORKER, 23L, BASE, 26L, LARGER, 32L, LARGEST, 56L, SHORTEST, 33L);

  private static final long SECOND = 1_000_000_000L;

  /// What a fixed plan of two blocks takes.
  static final Reserve WHOLE =
      new Reserve(
          2
              * SECOND
              * (Objects.requireNonNull(SECONDS.get(BASE))
                  + SECONDS.values().stream().mapToLong(it -> it).sum()));

  /// Two blocks of all cells.
  static SpendingRun fixed(SyntheticRun made) {
    return of(made, CELLS, null);
  }

  /// One block of all cells, one of the base alone, and the rest of the time in reserve.
  static SpendingRun spending(SyntheticRun made) {
    return of(made, List.of(), WHOLE);
  }

  /// @param second the cells of the second block beside the base
  private static SpendingRun of(SyntheticRun made, List<Cell> second, @Nullable Reserve reserve) {
    Run run = run(made, second, reserve);
    List<Trial> trials = new ArrayList<>();
    run.plan().trials().forEach(planned -> trials.add(timed(made.trial(planned))));
    for (Optional<PlannedTrial> next = Spending.next(run, trials);
        next.isPresent();
        next = Spending.next(run, trials)) {
      trials.add(timed(made.trial(next.get())));
    }
    return new SpendingRun(run, List.copyOf(trials));
  }

  static Run run(SyntheticRun made, List<Cell> second, @Nullable Reserve reserve) {
    List<PlannedTrial> planned = new ArrayList<>();
    for (int block = 0; block < 2; block++) {
      List<Cell> cells = new ArrayList<>(block == 0 || !second.isEmpty() ? CELLS : List.of(BASE));
      cells.add(BASE);
      for (Cell cell : cells) {
        planned.add(
            new PlannedTrial(
                planned.size(),
                block,
                TrialKind.THROUGHPUT,
                cell,
                made.models(),
                1000L + planned.size()));
      }
    }
    Run like = made.cells(CELLS.toArray(Cell[]::new)).run();
    Plan plan = like.plan();
    return new Run(
        like.schema(),
        like.labVersion(),
        like.startedEpochMillis(),
        like.command(),
        new Plan(
            plan.seed(),
            plan.workload(),
            2,
            CELLS,
            made.models(),
            plan.budget(),
            plan.heapBytes(),
            plan.collector(),
            planned,
            List.of(),
            null,
            reserve),
        like.host(),
        like.calibrations());
  }

  /// A trial that took as long as one of its cell does.
  static Trial timed(Trial trial) {
    return with(
        trial,
        Objects.requireNonNull(SECONDS.get(trial.planned().cell())) * SECOND,
        trial.failure());
  }

  /// The same trial as one more launch.
  static PlannedTrial again(PlannedTrial like, int index) {
    return new PlannedTrial(
        index, like.block(), like.kind(), like.cell(), like.models(), 1000L + index);
  }

  static Trial failed(Trial trial) {
    return with(trial, SECOND, "its JVM died");
  }

  private static Trial with(Trial trial, long nanos, @Nullable String failure) {
    return new Trial(
        trial.schema(),
        trial.planned(),
        trial.startedEpochMillis(),
        nanos,
        failure == null ? trial.slices() : List.of(),
        trial.openLoop(),
        trial.startUps(),
        trial.memory(),
        trial.jvms(),
        trial.before(),
        trial.after(),
        trial.warnings(),
        trial.warmUps(),
        failure);
  }

  /// The cells of the trials that were chosen, in order.
  List<Cell> chosen() {
    return trials.stream()
        .map(Trial::planned)
        .filter(trial -> trial.index() >= run.plan().trials().size())
        .map(PlannedTrial::cell)
        .toList();
  }

  /// How often each cell was launched.
  Map<Integer, Long> launches() {
    Map<Integer, Long> launches = new TreeMap<>();
    trials.forEach(trial -> launches.merge(CELLS.indexOf(trial.planned().cell()), 1L, Long::sum));
    return launches;
  }

  Analysis analysis() {
    return Analyzer.analyze(run, trials);
  }

  /// Fork and its other codec at a share of threads, on a machine of this noise.
  ///
  /// @param launches by how much launches of forked workers differ, as a share; a third of it where
  ///   tasks share a JVM
  static SyntheticRun machine(long seed, double share, double noise, double launches) {
    SyntheticRun made =
        new SyntheticRun(seed)
            .share(Model.FORK, 0.97 * share)
            .share(Model.FORK_BINARY, 0.97 * share)
            .share(Model.THREADS, 0.97)
            .share(Model.VIRTUAL, 0.97)
            .launch(Model.FORK, launches)
            .launch(Model.FORK_BINARY, launches);
    made.noise = noise;
    made.launch = launches / 3;
    return made;
  }
}
