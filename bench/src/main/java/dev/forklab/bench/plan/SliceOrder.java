package dev.forklab.bench.plan;

import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Which model runs in each slice of a trial: the same in the process that plans and in the one
/// that measures, since it depends on nothing but its arguments.
///
/// A measured round is a seeded shuffle of the models followed by its mirror image (`BCAACB`), so a
/// machine that slows down steadily during a round slows all models equally, and over many rounds
/// no model has a favourite place. Warm-up takes turns as well; there a model of processes gets
/// more slices, since each of its JVMs compiles for itself.
///
/// @param slices the model of each slice, warm-up first
/// @param rounds the round of each slice, counted from 0 in warm-up and again from 0 after it
/// @param warmupSlices how many of the slices are warm-up
public record SliceOrder(List<Model> slices, List<Integer> rounds, int warmupSlices) {

  /// Pinned by name: a seed must mean the same order in every JDK.
  private static final String GENERATOR = "L64X128MixRandom";

  /// Measured: on as many CPUs as workers, children reach full speed after 2.5 s under load with
  /// their start archive, and after 4.5 s without. What an in-process pool needs is the trial's JVM
  /// warm, whose compilers take CPU time from pools that want every CPU (and none from the
  /// baseline, which leaves CPUs free) until some six seconds of load have passed, whichever models
  /// they were.
  private static final int FORK_WARMUP_TURNS = 4;

  /// Beyond this many workers for a CPU, warming all of them up to the end would take most of a
  /// run.
  private static final int MOST_SHARING = 2;

  public SliceOrder {
    slices = List.copyOf(slices);
    rounds = List.copyOf(rounds);
    if (slices.size() != rounds.size() || warmupSlices > slices.size()) {
      throw new IllegalArgumentException(
          "expected a round for each slice, found "
              + rounds.size()
              + " for "
              + slices.size()
              + " slices, "
              + warmupSlices
              + " of them warm-up");
    }
  }

  /// The order for one trial.
  ///
  /// @param warmupRounds how often each model is warmed up before anything is kept, at least 1
  /// @param measuredRounds how many mirrored rounds are kept, at least 1
  public static SliceOrder of(
      List<Model> models, Cell cell, int warmupRounds, int measuredRounds, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of(GENERATOR).create(seed);
    List<Model> slices = new ArrayList<>();
    List<Integer> rounds = new ArrayList<>();
    for (int round = 0; round < warmupRounds; round++) {
      for (Model model : shuffled(models, random)) {
        for (int turn = 0; turn < warmupTurns(model, cell); turn++) {
          slices.add(model);
          rounds.add(round);
        }
      }
    }
    int warmupSlices = slices.size();
    for (int round = 0; round < measuredRounds; round++) {
      List<Model> half = shuffled(models, random);
      slices.addAll(half);
      slices.addAll(half.reversed());
      rounds.addAll(Collections.nCopies(2 * half.size(), round));
    }
    return new SliceOrder(slices, rounds, warmupSlices);
  }

  /// How many slices in a row a model gets in one warm-up round: JVMs that share a CPU share a
  /// slice's compilation time as well.
  static int warmupTurns(Model model, Cell cell) {
    return switch (model) {
      case FORK -> FORK_WARMUP_TURNS * sharing(cell);
      default -> model.role() == Model.Role.PEER ? sharing(cell) : 1;
    };
  }

  private static int sharing(Cell cell) {
    return Math.min(Math.ceilDiv(cell.workers(), cell.cpus()), MOST_SHARING);
  }

  /// How many slices one warm-up round has.
  static int warmupRoundSlices(List<Model> models, Cell cell) {
    return models.stream().mapToInt(model -> warmupTurns(model, cell)).sum();
  }

  private static List<Model> shuffled(List<Model> models, RandomGenerator random) {
    List<Model> order = new ArrayList<>(models);
    Collections.shuffle(order, java.util.Random.from(random));
    return order;
  }
}
