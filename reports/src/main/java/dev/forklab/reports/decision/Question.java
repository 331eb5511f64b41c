package dev.forklab.reports.decision;

import dev.forklab.reports.decision.Requirement.LatencyBound;
import dev.forklab.reports.decision.Requirement.MemoryLimit;
import dev.forklab.reports.decision.Requirement.Percentile;
import dev.forklab.reports.decision.Requirement.Rate;
import dev.forklab.results.Cell;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A piece of work, and what is required of the model that runs it.
///
/// @param workers how many tasks run at once, each on a CPU of its own
/// @param taskNanos CPU time of a task on the machine that was measured; one that the run asked for
///   means the tasks that the run made for it
/// @param messageBytes the size of each message, and of each reply
/// @param requirements at most one of each name; they are kept in [Requirement#ORDER]
public record Question(
    int workers, long taskNanos, int messageBytes, List<Requirement> requirements) {

  public Question {
    if (workers < 1 || taskNanos < 1 || messageBytes < 1) {
      throw new IllegalArgumentException(
          "expected positive workers, task time and message size, found %d, %d ns and %d B"
              .formatted(workers, taskNanos, messageBytes));
    }
    requirements = requirements.stream().sorted(Requirement.ORDER).toList();
    if (requirements.stream().map(Requirement::id).distinct().count() < requirements.size()) {
      throw new IllegalArgumentException(
          "expected one requirement of each name, found " + requirements);
    }
  }

  /// The work of a cell, without requirements.
  public static Question about(Cell cell) {
    return new Question(cell.workers(), cell.taskNanos(), cell.messageBytes(), List.of());
  }

  /// The same about the task time and message size of another cell.
  Question moved(Cell cell) {
    return new Question(workers, cell.taskNanos(), cell.messageBytes(), requirements);
  }

  /// The same with other requirements.
  public Question requiring(List<Requirement> others) {
    return new Question(workers, taskNanos, messageBytes, others);
  }

  Question with(Requirement requirement) {
    return requiring(Stream.concat(requirements.stream(), Stream.of(requirement)).toList());
  }

  Question without(Requirement requirement) {
    return requiring(requirements.stream().filter(each -> !each.equals(requirement)).toList());
  }

  public Optional<Rate> rate() {
    return first(Rate.class);
  }

  public Optional<MemoryLimit> memory() {
    return first(MemoryLimit.class);
  }

  public Optional<LatencyBound> latency() {
    return first(LatencyBound.class);
  }

  public List<Need> needs() {
    return all(Need.class).toList();
  }

  /// The percentile of latency that it is about: the bound's, else the 99th.
  public Percentile percentile() {
    return latency().map(LatencyBound::percentile).orElse(Percentile.P99);
  }

  private <T extends Requirement> Optional<T> first(Class<T> type) {
    return all(type).findFirst();
  }

  private <T extends Requirement> Stream<T> all(Class<T> type) {
    return requirements.stream().filter(type::isInstance).map(type::cast);
  }
}
