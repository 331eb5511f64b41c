package dev.forklab.reports.cost;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.TaskParts;
import dev.forklab.results.TaskParts.Messages;
import java.util.EnumMap;
import java.util.Map;

/// Where the time goes for which a worker is occupied with a task, measured with the pool kept full
/// and a worker on each CPU.
///
/// Then a task's time is all the CPU time that goes into it, in whichever process, and the time for
/// which its CPU had nothing to do. The CPU time of the threads that handle messages is measured
/// part by part; so are the tasks themselves in the workers, and collections. What is left of the
/// process tree's CPU time is switching between threads and processes, wake-ups, the pools' own
/// bookkeeping, compilers: it is not told apart.
///
/// @param occupiedNanos the whole
/// @param nanos the parts of it, which sum up to it
public record Explanation(Cell cell, Model model, double occupiedNanos, Map<Part, Double> nanos) {

  /// A part of a task's time, in the order in which a task meets them.
  public enum Part {
    WORK("the work itself", ""),
    STRETCH("the work, slowed by busy CPUs", "fewer workers than CPUs"),
    ENCODE("encode", "another codec, or smaller messages"),
    WRITE("write", "smaller messages, or several in one"),
    READ("read", "smaller messages, or several in one"),
    DECODE("decode", "another codec, or smaller messages"),
    COLLECTIONS("collections", "more heap, another collector, or smaller messages"),
    IDLE("nothing to do", "more tasks in flight, or larger tasks"),
    REST("wake-ups, switches and the rest", "larger tasks");

    private final String label;
    private final String remedy;

    Part(String label, String remedy) {
      this.label = label;
      this.remedy = remedy;
    }

    /// What it is, in words.
    public String label() {
      return label;
    }

    /// What makes it smaller; empty for the work itself.
    public String remedy() {
      return remedy;
    }
  }

  public Explanation {
    nanos = Map.copyOf(nanos);
  }

  /// Explains one model of one cell.
  ///
  /// @param baseline the same of the baseline, measured beside it
  /// @param collectionShare time in collections as a share of all, from the cell's slices; -1 if it
  ///   was not counted
  public static Explanation of(
      Cell cell, TaskParts parts, TaskParts baseline, double collectionShare) {
    double occupied = (double) parts.nanos() * cell.workers() / parts.tasks();
    double cpu = (double) parts.cpuNanos() / parts.tasks();
    double work = (double) baseline.nanos() / baseline.tasks();
    Map<Part, Double> nanos = new EnumMap<>(Part.class);
    nanos.put(Part.WORK, work);
    addMessages(nanos, parts, work);
    if (collectionShare >= 0) {
      nanos.put(Part.COLLECTIONS, collectionShare * occupied / cell.workers());
    }
    nanos.put(Part.IDLE, Math.max(0, occupied - cpu));
    double known = nanos.values().stream().mapToDouble(Double::doubleValue).sum();
    nanos.put(Part.REST, occupied - known);
    return new Explanation(cell, parts.model(), occupied, nanos);
  }

  private static void addMessages(Map<Part, Double> nanos, TaskParts parts, double work) {
    Messages sender = parts.sender();
    Messages workers = parts.workers();
    if (sender == null || workers == null) {
      return;
    }
    Messages both = sender.plus(workers);
    double tasks = parts.tasks();
    nanos.put(Part.STRETCH, both.task() / tasks - work);
    nanos.put(Part.ENCODE, both.encode() / tasks);
    nanos.put(Part.WRITE, both.write() / tasks);
    nanos.put(Part.READ, both.read() / tasks);
    nanos.put(Part.DECODE, both.decode() / tasks);
  }

  /// What a task needs beyond the work itself.
  public double extraNanos() {
    return occupiedNanos - nanos.getOrDefault(Part.WORK, 0.0);
  }
}
