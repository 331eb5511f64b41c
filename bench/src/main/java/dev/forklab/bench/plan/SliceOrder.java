package dev.forklab.bench.plan;

import dev.forklab.results.Model;
import dev.forklab.results.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Which model runs in each slice of a trial: the same in the process that plans and in the one
/// that measures, since it depends on nothing but its arguments.
///
/// A round is a seeded shuffle of the models followed by its mirror image ([Seeded#mirrored]).
///
/// @param slices the model of each slice
/// @param rounds the round of each slice, counted from 0
public record SliceOrder(List<Model> slices, List<Integer> rounds) {

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
    Random random = Seeded.random(seed);
    List<Model> slices = new ArrayList<>();
    List<Integer> rounds = new ArrayList<>();
    for (int round = 0; round < measuredRounds; round++) {
      List<Model> order = Seeded.mirrored(models, random);
      slices.addAll(order);
      rounds.addAll(Collections.nCopies(order.size(), round));
    }
    return new SliceOrder(slices, rounds);
  }
}
