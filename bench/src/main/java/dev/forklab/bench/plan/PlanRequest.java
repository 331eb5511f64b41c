package dev.forklab.bench.plan;

import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the user asked for, checked as far as one value at a time can be; the [Planner] checks what
/// depends on the machine.
///
/// @param workload what is computed
/// @param cores the largest number of workers of the sweep
/// @param messageBytes message sizes; the first is the base's
/// @param tasks task times; the first is the base's
/// @param models candidates, references and peers; the baseline and its control always take part
/// @param depth how much to measure
/// @param time the time to fill, at least [#SHORTEST]
/// @param fullGrid every combination instead of one factor at a time around the base
/// @param heapBytes total heap of each model, 0 for the default of the machine
/// @param collector garbage collector of every JVM
/// @param seed of all random choices
/// @param precision the half-width, as a share, at which the run may end before its time is spent;
///   0 to fill the time
/// @param isolate whether to cross-check with each model alone in its JVM
public record PlanRequest(
    WorkloadChoice workload,
    int cores,
    List<Integer> messageBytes,
    List<Duration> tasks,
    Set<Model> models,
    Depth depth,
    Duration time,
    boolean fullGrid,
    long heapBytes,
    String collector,
    long seed,
    double precision,
    boolean isolate) {

  /// The most workers that one sweep goes up to.
  public static final int MAX_CORES = 256;

  /// The largest message: what a frame of the channel can carry as JSON with room to spare.
  public static final int MAX_MESSAGE_BYTES = 64 << 20;

  public static final Duration SHORTEST_TASK = Duration.ofNanos(1000);
  public static final Duration LONGEST_TASK = Duration.ofSeconds(1);
  public static final Duration SHORTEST = Duration.ofSeconds(20);
  public static final Duration LONGEST = Duration.ofDays(7);
  public static final double FINEST_PRECISION = 0.001;
  public static final double COARSEST_PRECISION = 0.5;

  /// How much to measure.
  public enum Depth {
    /// For a first look: one block, fewer cells.
    QUICK,
    /// For a decision.
    DEFAULT
  }

  public PlanRequest {
    messageBytes = distinct(messageBytes);
    tasks = distinct(tasks);
    models = Set.copyOf(models);
    check(
        cores >= 1 && cores <= MAX_CORES,
        "expected --cores from 1 to " + MAX_CORES + ", found " + cores);
    check(!messageBytes.isEmpty(), "expected at least one size in --sizes, found none");
    for (int size : messageBytes) {
      checkSize(size);
    }
    check(!tasks.isEmpty(), "expected at least one time in --task, found none");
    for (Duration task : tasks) {
      check(
          task.compareTo(SHORTEST_TASK) >= 0 && task.compareTo(LONGEST_TASK) <= 0,
          "expected --task from 1us to 1s, found " + Notation.ofTask(task));
    }
    check(
        models.stream().anyMatch(Model::isCandidate),
        "expected at least one of "
            + Arrays.stream(Model.values())
                .filter(Model::isCandidate)
                .map(Model::id)
                .collect(Collectors.joining(", "))
            + " in --models, found none");
    check(
        time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0,
        "expected --time from "
            + Notation.spoken(SHORTEST)
            + " to "
            + Notation.spoken(LONGEST)
            + ", found "
            + Notation.spoken(time));
    checkPrecision(precision, time);
  }

  private static void checkPrecision(double precision, Duration time) {
    if (precision == 0) {
      return;
    }
    check(
        precision >= FINEST_PRECISION && precision <= COARSEST_PRECISION,
        "expected --precision from 0.1% to 50%, found " + Notation.ofShare(precision));
    check(
        time.compareTo(Blocks.LONGEST_TO_STOP) <= 0,
        "expected --time of at most "
            + Notation.spoken(Blocks.LONGEST_TO_STOP)
            + " with --precision, found "
            + Notation.spoken(time));
  }

  /// A message size that the channel can carry.
  ///
  /// @throws BadRequestException if it is none
  public static int checkSize(long bytes) {
    check(
        bytes >= 1 && bytes <= MAX_MESSAGE_BYTES,
        "expected --sizes from 1 B to "
            + Quantity.size(MAX_MESSAGE_BYTES)
            + ", found "
            + Quantity.size(bytes));
    return (int) bytes;
  }

  /// The same with some of the models left out.
  public PlanRequest without(Set<Model> others) {
    Set<Model> left =
        models.stream().filter(model -> !others.contains(model)).collect(Collectors.toSet());
    return new PlanRequest(
        workload,
        cores,
        messageBytes,
        tasks,
        left,
        depth,
        time,
        fullGrid,
        heapBytes,
        collector,
        seed,
        precision,
        isolate);
  }

  private static <T> List<T> distinct(List<T> values) {
    return values.stream().distinct().toList();
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new BadRequestException(otherwise);
    }
  }
}
