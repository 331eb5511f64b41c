package dev.forklab.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGeneratorFactory;

/// The one generator of random choices in plans and orders, pinned by name: a seed means the same
/// order in every JDK, in the process that plans and in the one that measures.
public final class Seeded {

  private static final String GENERATOR = "L64X128MixRandom";

  private Seeded() {}

  /// A generator that begins with this seed.
  public static Random random(long seed) {
    return Random.from(RandomGeneratorFactory.of(GENERATOR).create(seed));
  }

  /// All things in a random order, each once, followed by their mirror image (`BCAACB`): one round
  /// of an experiment. A machine that slows down steadily during it slows all alike, and over many
  /// rounds nobody has a favourite place.
  public static <T> List<T> mirrored(List<T> things, Random random) {
    List<T> order = new ArrayList<>(things);
    Collections.shuffle(order, random);
    order.addAll(List.copyOf(order).reversed());
    return order;
  }
}
