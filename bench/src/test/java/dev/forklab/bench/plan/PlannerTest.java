package dev.forklab.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.bench.plan.PlanRequest.Depth;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

  private static final List<Model> EXECUTORS =
      List.of(Model.JDK_FIXED, Model.JDK_VIRTUAL, Model.JDK_FORKJOIN);

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void theSameRequestGivesTheSamePlan(Requests.Case it) {
    assertThat(plan(it)).isEqualTo(plan(it));
  }

  @Test
  void anotherSeedGivesTheSameTrialsInAnotherOrder() {
    Requests requests = new Requests();
    Plan one = Planner.plan(requests.build(), Requests.LARGE);
    requests.seed++;
    Plan other = Planner.plan(requests.build(), Requests.LARGE);
    assertThat(contents(other)).containsExactlyInAnyOrderElementsOf(contents(one));
    assertThat(contents(other)).isNotEqualTo(contents(one));
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void theFirstBlockHoldsEveryCellAndEachBlockTheCentreTwice(Requests.Case it) {
    Plan plan = plan(it);
    Cell base = plan.base().orElseThrow();
    assertThat(cells(plan, 0)).containsAll(plan.cells());
    for (int block = 0; block < plan.blocks(); block++) {
      List<Cell> cells = cells(plan, block);
      assertThat(cells).filteredOn(base::equals).hasSize(2);
      assertThat(cells)
          .containsAll(
              plan.cells().stream()
                  .filter(cell -> !cell.oversubscribed())
                  .filter(cell -> !BetweenCells.isBetween(cell, it.request()))
                  .toList());
    }
  }

  private static List<Cell> cells(Plan plan, int block) {
    return plan.trials().stream()
        .filter(trial -> trial.block() == block && trial.kind() == TrialKind.THROUGHPUT)
        .map(PlannedTrial::cell)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void trialsAreNumberedInOrderBlockAfterBlockEachWithItsOwnSeed(Requests.Case it) {
    List<PlannedTrial> trials = plan(it).trials();
    assertThat(trials)
        .extracting(PlannedTrial::index)
        .isEqualTo(IntStream.range(0, trials.size()).boxed().toList());
    assertThat(trials).extracting(PlannedTrial::block).isSorted();
    assertThat(trials).extracting(PlannedTrial::seed).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void everyValueAskedForIsMeasured(Requests.Case it) {
    PlanRequest request = it.request();
    assertThat(plan(it).cells()).doesNotHaveDuplicates();
    List<Cell> cells =
        plan(it).cells().stream().filter(cell -> !BetweenCells.isBetween(cell, request)).toList();
    assertThat(distinct(cells, Cell::messageBytes)).isEqualTo(Set.copyOf(request.messageBytes()));
    assertThat(distinct(cells, cell -> Duration.ofNanos(cell.taskNanos())))
        .isEqualTo(Set.copyOf(request.tasks()));
    assertThat(distinct(cells, Cell::workers)).contains(1, request.cores());
    assertThat(cells)
        .allSatisfy(cell ->
            assertThat(cell.cpus()).isEqualTo(Math.min(cell.workers(), it.machine().cpus())));
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void oneFactorAtATimeOrEveryCombination(Requests.Case it) {
    List<Cell> cells = plan(it).cells();
    PlanRequest request = it.request();
    if (request.fullGrid()) {
      int values = request.messageBytes().size() * request.tasks().size();
      assertThat(cells).hasSizeGreaterThanOrEqualTo(values * Planner.sweep(request.cores()).size());
      return;
    }
    assertThat(cells)
        .allSatisfy(cell -> {
          int turned = cell.messageBytes() == request.messageBytes().getFirst() ? 0 : 1;
          turned += cell.taskNanos() == request.tasks().getFirst().toNanos() ? 0 : 1;
          assertThat(turned).isLessThanOrEqualTo(1);
        });
  }

  @Test
  void aPlanOfSeveralSizesAndTaskTimesHasOneCellBetweenEachOfThem() {
    Requests requests = new Requests();
    requests.messageBytes = List.of(4 << 10, 64 << 10, 1 << 20);
    PlanRequest request = requests.build();
    Plan plan = Planner.plan(request, Requests.LARGE);
    assertThat(between(plan, request))
        .containsExactly(new Cell(4, 4, 256 << 10, 1_000_000), new Cell(4, 4, 4 << 10, 300_000));
    assertThat(plan.trials())
        .filteredOn(trial -> BetweenCells.isBetween(trial.cell(), request))
        .hasSize(2)
        .allMatch(trial -> trial.kind() == TrialKind.THROUGHPUT && trial.block() == 0);
  }

  @Test
  void noCellLiesBetweenInAQuickPlanNorInOneOfASingleSizeNorInTheFullGrid() {
    Requests quick = new Requests();
    quick.depth = Depth.QUICK;
    Requests single = new Requests();
    single.messageBytes = List.of(4 << 10);
    Requests full = new Requests();
    full.fullGrid = true;
    assertThat(List.of(quick, single, full))
        .extracting(Requests::build)
        .allSatisfy(request ->
            assertThat(between(Planner.plan(request, Requests.LARGE), request)).isEmpty());
  }

  private static List<Cell> between(Plan plan, PlanRequest request) {
    return plan.cells().stream().filter(cell -> BetweenCells.isBetween(cell, request)).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 12, 255, 256})
  void workersDoubleUpToTheNumberAskedFor(int cores) {
    List<Integer> sweep = Planner.sweep(cores);
    assertThat(sweep).isSorted().doesNotHaveDuplicates().endsWith(cores);
    for (int i = 0; i < sweep.size() - 1; i++) {
      assertThat(sweep.get(i)).isEqualTo(1 << i);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void baselineAndControlAlwaysTakePart(Requests.Case it) {
    Plan plan = plan(it);
    assertThat(plan.models())
        .contains(Model.INLINE, Model.CONTROL)
        .containsAll(it.request().models());
    assertThat(plan.trials())
        .filteredOn(trial -> trial.kind().interleavesSlices())
        .isNotEmpty()
        .allSatisfy(trial -> assertThat(trial.models()).containsAll(plan.models()));
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void plainExecutorsTakePartInThroughputWhereTasksAreShortestUnlessItIsToBeQuick(
      Requests.Case it) {
    Plan plan = plan(it);
    Set<Cell> where =
        plan.trials().stream()
            .filter(trial -> trial.models().containsAll(EXECUTORS))
            .filter(trial -> !plan.models().containsAll(EXECUTORS))
            .peek(trial -> assertThat(trial.kind()).isEqualTo(TrialKind.THROUGHPUT))
            .map(PlannedTrial::cell)
            .collect(Collectors.toSet());
    boolean none = it.request().depth() == Depth.QUICK || plan.models().containsAll(EXECUTORS);
    assertThat(where).hasSize(none ? 0 : 1);
    assertThat(where)
        .allSatisfy(cell ->
            assertThat(plan.cells())
                .filteredOn(other -> other.workers() == cell.workers())
                .allMatch(other -> other.taskNanos() >= cell.taskNanos()));
  }

  @Test
  void aPlanWithPeersLeavesThemOutOfScheduledArrivals() {
    Requests requests = new Requests();
    requests.models =
        Set.of(Model.FORK, Model.THREADS, Model.NODE, Model.NODE_THREADS, Model.PYTHON);
    Plan plan = Planner.plan(requests.build(), Requests.LARGE);
    assertThat(plan.models()).contains(Model.NODE, Model.NODE_THREADS, Model.PYTHON);
    assertThat(plan.trials())
        .filteredOn(trial -> trial.kind() == TrialKind.OPEN_LOOP)
        .isNotEmpty()
        .allMatch(trial -> !trial.models().contains(Model.NODE));
    assertThat(plan.trials())
        .filteredOn(trial -> trial.kind() == TrialKind.FOOTPRINT)
        .extracting(trial -> trial.models().getFirst())
        .contains(Model.NODE, Model.NODE_THREADS, Model.PYTHON);
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void footprintsAreMeasuredWithOneModelAlive(Requests.Case it) {
    Plan plan = plan(it);
    assertThat(plan.trials())
        .filteredOn(trial -> trial.kind() == TrialKind.FOOTPRINT)
        .allSatisfy(trial -> assertThat(trial.models()).hasSize(1))
        .extracting(trial -> trial.models().getFirst())
        .containsAll(
            plan.models().stream().filter(model -> model.role() == Model.Role.CANDIDATE).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 10, 12, 20, 60, 240})
  void anOrdinaryPlanTakesTheTimeAskedFor(int minutes) {
    Requests requests = new Requests();
    requests.time = Duration.ofMinutes(minutes);
    Plan plan = Planner.plan(requests.build(), new Machine(4, 16L << 30));
    assertThat((double) Planner.estimate(plan).toSeconds())
        .isCloseTo((double) requests.time.toSeconds(), within(0.1 * requests.time.toSeconds()));
  }

  @Test
  void moreTimeIsNeverSpentOnFewerBlocksOrShorterTrials() {
    Requests requests = new Requests();
    Plan before = null;
    for (int minutes = 1; minutes < 60; minutes++) {
      requests.time = Duration.ofMinutes(minutes);
      Plan plan = Planner.plan(requests.build(), Requests.LARGE);
      if (before != null) {
        assertThat(plan.blocks()).isGreaterThanOrEqualTo(before.blocks());
        if (plan.blocks() == before.blocks()) {
          assertThat(Planner.estimate(plan)).isGreaterThanOrEqualTo(Planner.estimate(before));
        }
      }
      before = plan;
    }
  }

  @Test
  void quickIsOneBlockAndShorter() {
    Requests requests = new Requests();
    Plan whole = Planner.plan(requests.build(), Requests.LARGE);
    requests.depth = Depth.QUICK;
    Plan quick = Planner.plan(requests.build(), Requests.LARGE);
    assertThat(quick.blocks()).isEqualTo(1);
    assertThat(quick.trials()).hasSizeLessThan(whole.trials().size());
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void everyProcessOfAModelHasAShareOfOneHeap(Requests.Case it) {
    Plan plan = plan(it);
    assertThat(plan.heapBytes()).isPositive().isLessThan(it.machine().memoryBytes());
    assertThat(plan.cells())
        .allSatisfy(cell -> {
          long share = Planner.heapBytesPerProcess(plan.heapBytes(), cell.workers());
          assertThat(share * (cell.workers() + 1)).isLessThanOrEqualTo(plan.heapBytes());
          assertThat(share).isGreaterThan(2L * cell.messageBytes());
        });
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void theWindowKeepsEveryWorkerBusyAndFitsIntoMemory(Requests.Case it) {
    Plan plan = plan(it);
    assertThat(plan.cells())
        .allSatisfy(cell -> {
          int window = Planner.window(cell, plan.heapBytes());
          assertThat(window).isGreaterThanOrEqualTo(2 * cell.workers());
          if (window > 2 * cell.workers()) {
            assertThat((long) window * cell.messageBytes()).isLessThan(plan.heapBytes() / 4);
          }
        });
  }

  @Test
  void aHeapAskedForIsTheHeapPlanned() {
    Requests requests = new Requests();
    requests.heapBytes = 3L << 30;
    assertThat(Planner.plan(requests.build(), Requests.LARGE).heapBytes()).isEqualTo(3L << 30);
  }

  @Test
  void whatTheMachineCannotHoldIsRefusedWithWhatToDo() {
    Machine small = new Machine(4, 2L << 30);
    assertRefused(
        small, it -> it.messageBytes = List.of(64 << 20), "64 MiB", "lower --sizes or --cores");
    assertRefused(small, it -> it.cores = 256, "256 workers", "lower --cores");
    assertRefused(small, it -> it.heapBytes = 2L << 30, "--heap of at most 80%", "2048 MiB");
    assertRefused(small, it -> it.heapBytes = 1 << 20, "found 1 MiB", "raise --heap");
  }

  @Test
  void whatNoMachineCanDoIsRefusedWithWhatWasExpectedAndFound() {
    assertRefused(it -> it.cores = 0, "expected --cores from 1 to", "found 0");
    assertRefused(it -> it.cores = 100_000, "expected --cores from 1 to", "found 100000");
    assertRefused(it -> it.messageBytes = List.of(0), "expected --sizes from 1 B to", "found 0 B");
    assertRefused(it -> it.messageBytes = List.of(), "expected at least one size in --sizes");
    assertRefused(it -> it.tasks = List.of(), "expected at least one time in --task");
    assertRefused(it -> it.tasks = List.of(Duration.ZERO), "expected --task from", "found 0");
    assertRefused(
        it -> it.tasks = List.of(Duration.ofHours(1)), "expected --task from", "found 1 h");
    assertRefused(it -> it.time = Duration.ofSeconds(1), "expected --time from", "found 1 s");
    assertRefused(it -> it.time = Duration.ofDays(30), "expected --time from", "found 720 h");
    assertRefused(
        it -> it.models = Set.of(Model.JDK_FIXED),
        "at least one of fork, fork-binary, threads, virtual");
  }

  private static void assertRefused(Consumer<Requests> change, String... words) {
    assertRefused(Requests.LARGE, change, words);
  }

  private static void assertRefused(Machine machine, Consumer<Requests> change, String... words) {
    Requests requests = new Requests();
    change.accept(requests);
    assertThatThrownBy(() -> Planner.plan(requests.build(), machine))
        .isInstanceOf(BadRequestException.class)
        .message()
        .contains(words)
        .doesNotContain("\n");
  }

  private static Plan plan(Requests.Case it) {
    return Planner.plan(it.request(), it.machine());
  }

  private static List<String> contents(Plan plan) {
    return plan.trials().stream()
        .map(trial -> trial.block() + " " + trial.kind() + trial.cell() + trial.models())
        .toList();
  }

  private static <T> Set<T> distinct(List<Cell> cells, Function<Cell, T> knob) {
    return cells.stream().map(knob).collect(Collectors.toSet());
  }
}
