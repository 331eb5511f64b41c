package dev.forklab.bench.plan;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.Goal;
import dev.forklab.results.Plan.PlannedTrial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Turns a request into a plan that fills the time given.
///
/// Cells: the plan varies *one factor at a time around a base configuration* (the first size and
/// task time asked for, on all CPUs), which buys each cell more trials than the full grid would in
/// the same time; `--full-grid` measures every combination. Where sizes and task times vary, one
/// cell [between][BetweenCells] each of them lets the model of cost be checked. Trials: each block
/// is a seeded shuffle of what [BlockTrials] says. Time: what launching and warming up costs is
/// taken off, the rest is shared out as measured slices; where too little is left for the fewest
/// useful rounds, the plan takes longer than asked, and says so.
public final class Planner {

  private static final long MIB = 1L << 20;
  private static final long LARGEST_DEFAULT_HEAP = 1024 * MIB;
  private static final long SMALLEST_HEAP_PER_JVM = 48 * MIB;

  /// Copies of a message that a child holds at once: as JSON text, as bytes, twice prefetched, and
  /// the replies.
  private static final int COPIES_PER_CHILD = 10;

  /// Copies of a message that the parent holds for each task in flight.
  private static final int COPIES_IN_FLIGHT = 5;

  /// A JVM that holds a task's working set is given twice its size: a generation of a collector
  /// gets only a part of the heap.
  private static final long ROOM_FOR_SET = 2;

  /// How long a footprint trial keeps its pool loaded.
  public static final long LOAD_NANOS = 2_000_000_000L;

  private Planner() {}

  /// The plan for a request on a machine.
  ///
  /// @throws BadRequestException if the machine cannot do it
  public static Plan plan(PlanRequest request, Machine machine) {
    long heap = heapBytes(request, machine);
    List<Cell> cells = cells(request, machine);
    cells.forEach(cell -> checkMemory(cell, request.workload(), heap));
    List<Model> models = models(request);
    Blocks blocks = Blocks.of(request, new BlockTrials(request, cells, models));
    return new Plan(
        request.seed(),
        request.workload().name(),
        blocks.count(),
        cells,
        models,
        blocks.budget(),
        heap,
        request.collector(),
        blocks.trials(),
        request.workload().jars(),
        goal(request));
  }

  private static @Nullable Goal goal(PlanRequest request) {
    return request.precision() > 0 ? new Goal(request.precision(), request.time().toNanos()) : null;
  }

  /// How long a plan takes, as far as that can be told before it runs.
  public static Duration estimate(Plan plan) {
    return Duration.ofNanos(
        plan.trials().stream().mapToLong(trial -> Budgets.trialNanos(trial, plan.budget())).sum());
  }

  /// How long one trial takes, as far as that can be told before it runs.
  public static Duration estimate(PlannedTrial trial, Budget budget) {
    return Duration.ofNanos(Budgets.trialNanos(trial, budget));
  }

  /// The heap of each child of the fork model: an equal share, the parent's counted as one.
  public static long heapBytesPerProcess(long heapBytes, int workers) {
    return heapBytes / (workers + 1);
  }

  /// How many tasks a throughput slice keeps in flight: enough that no worker of any model waits
  /// for the submitter, bounded by memory for large messages.
  public static int window(Cell cell, long heapBytes) {
    long affordable = heapBytes / 4 / ((long) COPIES_IN_FLIGHT * cell.messageBytes());
    return (int) Math.clamp(affordable, 2L * cell.workers(), Math.max(8L, 4L * cell.workers()));
  }

  private static List<Model> models(PlanRequest request) {
    Set<Model> wanted = new TreeSet<>(request.models());
    wanted.add(Model.INLINE);
    wanted.add(Model.CONTROL);
    return List.copyOf(wanted);
  }

  private static List<Cell> cells(PlanRequest request, Machine machine) {
    Set<Cell> cells = new LinkedHashSet<>();
    List<Integer> sweep = sweep(request.cores());
    int base = Math.min(request.cores(), machine.cpus());
    int size = request.messageBytes().getFirst();
    Duration task = request.tasks().getFirst();
    for (int workers : sweep) {
      cells.add(cell(workers, size, task, machine));
    }
    request.messageBytes().forEach(it -> cells.add(cell(base, it, task, machine)));
    request.tasks().forEach(it -> cells.add(cell(base, size, it, machine)));
    BetweenCells.size(request).ifPresent(it -> cells.add(cell(base, it, task, machine)));
    BetweenCells.task(request).ifPresent(it -> cells.add(cell(base, size, it, machine)));
    if (request.fullGrid()) {
      for (int workers : sweep) {
        for (int bytes : request.messageBytes()) {
          for (Duration time : request.tasks()) {
            cells.add(cell(workers, bytes, time, machine));
          }
        }
      }
    }
    return List.copyOf(cells);
  }

  private static Cell cell(int workers, int size, Duration task, Machine machine) {
    return new Cell(workers, Math.min(workers, machine.cpus()), size, task.toNanos());
  }

  /// 1, 2, 4 … and the number asked for.
  static List<Integer> sweep(int cores) {
    List<Integer> sweep = new ArrayList<>();
    for (int workers = 1; workers < cores; workers *= 2) {
      sweep.add(workers);
    }
    sweep.add(cores);
    return sweep;
  }

  private static long heapBytes(PlanRequest request, Machine machine) {
    long affordable = machine.memoryBytes() / 10 * 8;
    if (request.heapBytes() > affordable) {
      throw new BadRequestException(
          "expected --heap of at most 80%% of this machine's %d MiB, found %d MiB"
              .formatted(machine.memoryBytes() / MIB, request.heapBytes() / MIB));
    }
    if (request.heapBytes() > 0) {
      return request.heapBytes();
    }
    long perJvm = SMALLEST_HEAP_PER_JVM + ROOM_FOR_SET * request.workload().taskHeapBytes();
    long fewest = perJvm * (request.cores() + 1);
    if (fewest > affordable) {
      throw new BadRequestException(
          "%d workers of %s need about %d MiB of heap, found a machine of %d MiB; lower --cores"
              .formatted(
                  request.cores(),
                  request.workload().name(),
                  fewest / MIB,
                  machine.memoryBytes() / MIB));
    }
    return Math.max(fewest, Math.min(machine.memoryBytes() / 4, LARGEST_DEFAULT_HEAP));
  }

  private static void checkMemory(Cell cell, WorkloadChoice workload, long heapBytes) {
    long child = heapBytesPerProcess(heapBytes, cell.workers());
    long childNeeds =
        SMALLEST_HEAP_PER_JVM / 2
            + (long) COPIES_PER_CHILD * cell.messageBytes()
            + ROOM_FOR_SET * workload.taskHeapBytes();
    long inFlight = (long) window(cell, heapBytes) * COPIES_IN_FLIGHT * cell.messageBytes();
    long needed = Math.max(childNeeds * (cell.workers() + 1), 2 * inFlight);
    if (needed > heapBytes || child < SMALLEST_HEAP_PER_JVM / 2) {
      throw new BadRequestException(
          "messages of %s with %d %s need about %d MiB of heap, found %d MiB; lower --sizes or"
                  .formatted(
                      Notation.ofBytes(cell.messageBytes()),
                      cell.workers(),
                      cell.workers() == 1 ? "worker" : "workers",
                      Math.ceilDiv(needed, MIB),
                      heapBytes / MIB)
              + " --cores, or raise --heap");
    }
  }
}
