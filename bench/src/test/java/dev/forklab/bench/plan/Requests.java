package dev.forklab.bench.plan;

import dev.forklab.bench.plan.PlanRequest.Depth;
import dev.forklab.results.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Requests to plan from: one that a test changes a part of, and as many random ones as it likes.
final class Requests {

  /// Room for any request that these tests make.
  static final Machine LARGE = new Machine(8, 256L << 30);

  static final Set<Model> CANDIDATES = EnumSet.of(Model.FORK, Model.THREADS, Model.VIRTUAL);

  private static final int RANDOM_REQUESTS = 50;

  int cores = 4;
  List<Integer> messageBytes = List.of(4 << 10, 64 << 10);
  List<Duration> tasks = List.of(Duration.ofMillis(1), Duration.ofNanos(100_000));
  Set<Model> models = CANDIDATES;
  Depth depth = Depth.DEFAULT;
  Duration time = Duration.ofMinutes(7);
  boolean fullGrid;
  long heapBytes;
  long seed = 1;

  PlanRequest build() {
    return new PlanRequest(
        WorkloadChoice.builtIn("seal"),
        cores,
        messageBytes,
        tasks,
        models,
        depth,
        time,
        fullGrid,
        heapBytes,
        "serial",
        seed,
        0,
        false);
  }

  /// A request, and the machine it is for.
  ///
  /// @param number which of the random requests it is: its seed
  record Case(long number, PlanRequest request, Machine machine) {

    @Override
    public String toString() {
      return "request " + number + ": " + request + " on " + machine;
    }
  }

  /// The same random requests in every test and every run.
  static Stream<Case> random() {
    return IntStream.range(0, RANDOM_REQUESTS).mapToObj(Requests::random);
  }

  private static Case random(int number) {
    Random random = new Random(number);
    Requests requests = new Requests();
    requests.cores = 1 + random.nextInt(40);
    requests.messageBytes = some(random, List.of(1, 64, 4 << 10, 64 << 10, 1 << 20, 3_000_000));
    requests.tasks =
        some(random, List.of(1_000L, 50_000L, 100_000L, 1_000_000L, 30_000_000L, 1_000_000_000L))
            .stream()
            .map(Duration::ofNanos)
            .toList();
    Set<Model> models = EnumSet.copyOf(some(random, List.copyOf(CANDIDATES)));
    models.addAll(some(random, List.of(Model.JDK_FIXED, Model.JDK_VIRTUAL, Model.JDK_FORKJOIN)));
    requests.models = models;
    requests.depth = random.nextInt(3) == 0 ? Depth.QUICK : Depth.DEFAULT;
    requests.time = Duration.ofSeconds(20 + random.nextInt(7200));
    requests.fullGrid = random.nextInt(4) == 0;
    requests.heapBytes = 64L << 30;
    requests.seed = random.nextLong();
    Machine machine = new Machine(1 + random.nextInt(16), LARGE.memoryBytes());
    return new Case(number, requests.build(), machine);
  }

  /// At least one of these, in any order.
  private static <T> List<T> some(Random random, List<T> of) {
    List<T> shuffled = new ArrayList<>(of);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, 1 + random.nextInt(of.size())));
  }
}
