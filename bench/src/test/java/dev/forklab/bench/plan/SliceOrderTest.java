package dev.forklab.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceOrderTest {

  private static final List<Model> MODELS =
      List.of(Model.INLINE, Model.CONTROL, Model.FORK, Model.THREADS, Model.VIRTUAL);
  private static final int ROUNDS = 50;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MAX_VALUE, Long.MIN_VALUE})
  void everyMeasuredRoundIsItsOwnMirrorImageAndHoldsEveryModelTwice(long seed) {
    SliceOrder order = order(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Model> slices = round(order, round);
      assertThat(slices).isEqualTo(slices.reversed());
      assertThat(slices.subList(0, MODELS.size())).containsExactlyInAnyOrderElementsOf(MODELS);
      assertThat(slices).hasSize(2 * MODELS.size());
    }
  }

  /// What a machine that slows down steadily would do to each model.
  @Test
  void aSteadyDriftWithinARoundHitsAllModelsEqually() {
    SliceOrder order = order(7);
    for (int round = 0; round < ROUNDS; round++) {
      List<Model> slices = round(order, round);
      Set<Integer> sums = new HashSet<>();
      for (Model model : MODELS) {
        sums.add(IntStream.range(0, slices.size()).filter(i -> slices.get(i) == model).sum());
      }
      assertThat(sums).as("round %d: %s", round, slices).hasSize(1);
    }
  }

  @Test
  void overManyRoundsNoModelHasAFavouritePlaceNorAFavouritePredecessor() {
    int rounds = 4000;
    SliceOrder order = SliceOrder.of(MODELS, rounds, 11);
    Map<String, Integer> places = new HashMap<>();
    Map<String, Integer> pairs = new HashMap<>();
    for (int round = 0; round < rounds; round++) {
      List<Model> half = order.slices().subList(start(round), start(round) + MODELS.size());
      for (int place = 0; place < half.size(); place++) {
        places.merge(half.get(place) + " at " + place, 1, Integer::sum);
        if (place > 0) {
          pairs.merge(half.get(place - 1) + " before " + half.get(place), 1, Integer::sum);
        }
      }
    }
    double often = rounds / (double) MODELS.size();
    assertThat(places).hasSize(MODELS.size() * MODELS.size());
    assertThat(pairs).hasSize(MODELS.size() * (MODELS.size() - 1));
    assertThat(places.values())
        .allSatisfy(
            count -> assertThat(count.doubleValue()).isCloseTo(often, within(0.15 * often)));
    assertThat(pairs.values())
        .allSatisfy(
            count -> assertThat(count.doubleValue()).isCloseTo(often, within(0.15 * often)));
  }

  @Test
  void theSameArgumentsGiveTheSameOrderAndAnotherSeedGivesAnother() {
    assertThat(order(3)).isEqualTo(order(3));
    assertThat(order(3).slices()).isNotEqualTo(order(4).slices());
  }

  @Test
  void roundsAreCountedFromZero() {
    assertThat(order(6).rounds()).isSorted().startsWith(0).endsWith(ROUNDS - 1);
  }

  @Test
  void anOrderThatDoesNotHoldTogetherIsRefused() {
    assertThatThrownBy(() -> new SliceOrder(MODELS, List.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a round for each slice, found 1 for 5 slices");
  }

  private static SliceOrder order(long seed) {
    return SliceOrder.of(MODELS, ROUNDS, seed);
  }

  private static int start(int round) {
    return 2 * MODELS.size() * round;
  }

  private static List<Model> round(SliceOrder order, int round) {
    List<Model> slices = new ArrayList<>();
    for (int i = 0; i < order.slices().size(); i++) {
      if (order.rounds().get(i) == round) {
        slices.add(order.slices().get(i));
      }
    }
    return slices;
  }
}
