package dev.forklab.bench.plan;

import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Which model runs in each slice of a trial: the same in the process that plans and in the one
/// that measures, since it depends on nothing but its arguments.
///
/// A round is a seeded shuffle of the models followed by its mirror image (`BCAACB`), so a machine
/// that slows down steadily during a round slows all models equally, and over many rounds no model
/// has a favourite place.
///
/// @param slices the model of each slice
/// @param rounds the round of each slice, counted from 0
public record SliceOrder(List<Model> slices, List<Integer> rounds) {

  /// Pinned by name: a seed must mean the same order in every JDK.
  private static final String GENERATOR = "L64X128MixRandom";

  public SliceOrder {
    slices = List.copyOf(slices);
    rounds = List.copyOf(rounds);
    if (slices.size() != rounds.size()) {
      throw new IllegalArgumentException(
          "expected a round for each slice, found %d for %d slices"
              .formatted(rounds.size(), slices.size()));
    }
  }

  /// The order for one trial.
  ///
  /// @param measuredRounds how many mirrored rounds there are, at least 1
  public static SliceOrder of(List<Model> models, int measuredRounds, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of(GENERATOR).create(seed);
    List<Model> slices = new ArrayList<>();
    List<Integer> rounds = new ArrayList<>();
    for (int round = 0; round < measuredRounds; round++) {
      List<Model> half = shuffled(models, random);
      slices.addAll(half);
      slices.addAll(half.reversed());
      rounds.addAll(Collections.nCopies(2 * half.size(), round));
    }
    return new SliceOrder(slices, rounds);
  }

  private static List<Model> shuffled(List<Model> models, RandomGenerator random) {
    List<Model> order = new ArrayList<>(models);
    Collections.shuffle(order, java.util.Random.from(random));
    return order;
  }
}
