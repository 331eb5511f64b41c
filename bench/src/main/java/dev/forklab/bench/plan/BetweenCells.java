package dev.forklab.bench.plan;

import dev.forklab.results.Cell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A message size and a task time between those asked for.
///
/// Three sizes at one task time and two task times at one size determine what a task and a byte
/// cost, but leave next to nothing to check it with. So a plan that varies both has one value more
/// of each, in the middle of the widest gap. Not a quick plan, which varies neither; not the full
/// grid, which has cells enough; and not a run that ends at a precision, which these cells,
/// measured in few blocks, would hold up.
final class BetweenCells {

  /// Values nearer to each other than this factor have no middle worth a cell.
  private static final double NARROWEST_GAP = 4;

  private BetweenCells() {}

  /// The size between: a power of two.
  static Optional<Integer> size(PlanRequest request) {
    return middle(request, request.messageBytes().stream().map(Integer::longValue).toList())
        .map(bytes -> 1 << Math.round(Math.log(bytes) / Math.log(2)));
  }

  /// The task time between: of one digit.
  static Optional<Duration> task(PlanRequest request) {
    return middle(request, request.tasks().stream().map(Duration::toNanos).toList())
        .map(nanos -> {
          double unit = Math.pow(10, Math.floor(Math.log10(nanos)));
          return Duration.ofNanos(Math.round(Math.round(nanos / unit) * unit));
        });
  }

  /// Whether nobody asked for its size or its task time.
  static boolean isBetween(Cell cell, PlanRequest request) {
    return !request.messageBytes().contains(cell.messageBytes())
        || !request.tasks().contains(Duration.ofNanos(cell.taskNanos()));
  }

  /// The geometric middle of the widest gap, of several equally wide ones the last.
  private static Optional<Double> middle(PlanRequest request, List<Long> values) {
    if (!isWanted(request)) {
      return Optional.empty();
    }
    List<Long> sorted = values.stream().sorted().toList();
    double widest = NARROWEST_GAP;
    Optional<Double> middle = Optional.empty();
    for (int i = 1; i < sorted.size(); i++) {
      double gap = (double) sorted.get(i) / sorted.get(i - 1);
      if (gap >= widest) {
        widest = gap;
        middle = Optional.of(Math.sqrt((double) sorted.get(i) * sorted.get(i - 1)));
      }
    }
    return middle;
  }

  private static boolean isWanted(PlanRequest request) {
    return request.depth() == PlanRequest.Depth.DEFAULT
        && !request.fullGrid()
        && request.precision() == 0
        && request.messageBytes().size() > 1
        && request.tasks().size() > 1;
  }
}
