package dev.forklab.reports.compare;

import dev.forklab.reports.analysis.Wording;
import dev.forklab.results.Cell;
import dev.forklab.results.Host;
import dev.forklab.results.Run;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// In what two runs differ apart from their numbers: what a comparison of them is about.
///
/// @param entries in reading order; empty if both are of one build on one machine, set up alike
/// @param sameMachine whether processor and number of CPUs are the same, without which absolute
///   numbers are not compared
public record Differences(List<Entry> entries, boolean sameMachine) {

  /// What the lab calls a build of sources that no commit holds.
  public static final String DIRTY = ".dirty";

  /// Facts about a host that change from one minute to the next.
  private static final Set<String> MOMENTARY =
      Set.of("load", "memory available", "memory pressure", "swap");

  public Differences {
    entries = List.copyOf(entries);
  }

  /// One thing that differs; of untrusted text, but on one line.
  public record Entry(String what, String before, String after) {
    public Entry {
      what = oneLine(what);
      before = oneLine(before);
      after = oneLine(after);
    }
  }

  /// Text that came with a run, without what would start a line or turn its direction.
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ");
  }

  /// A run and what it is called.
  public record Named(String name, Run run) {}

  /// In what `after` differs from `before`.
  public static Differences between(Run before, Run after) {
    List<Entry> entries = new ArrayList<>();
    build(before.labVersion(), after.labVersion()).ifPresent(entries::add);
    Host one = before.host();
    Host other = after.host();
    add(entries, "JDK", one.java(), other.java());
    add(entries, "machine", machine(one), machine(other));
    add(entries, "operating system", one.os(), other.os());
    add(entries, "collector", before.plan().collector(), after.plan().collector());
    add(entries, "heap", heap(before), heap(after));
    Set<String> facts = new LinkedHashSet<>(one.facts().keySet());
    facts.addAll(other.facts().keySet());
    facts.removeAll(MOMENTARY);
    for (String fact : facts) {
      add(
          entries,
          fact,
          one.facts().getOrDefault(fact, "none"),
          other.facts().getOrDefault(fact, "none"));
    }
    return new Differences(entries, machine(one).equals(machine(other)));
  }

  /// Two builds of changed sources have one name and may still be different.
  private static Optional<Entry> build(String before, String after) {
    String unsure = before.endsWith(DIRTY) ? " (uncommitted changes)" : "";
    return before.equals(after) && unsure.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Entry(
                "lab",
                before + unsure,
                after + (after.endsWith(DIRTY) ? " (uncommitted changes)" : "")));
  }

  private static void add(List<Entry> entries, String what, String before, String after) {
    if (!before.equals(after)) {
      entries.add(new Entry(what, before, after));
    }
  }

  /// Why these runs cannot be compared, in words; empty if they can. What must be the same: the
  /// workload with its jars, and at least one cell.
  public static Optional<String> refusal(List<Named> runs) {
    Named first = runs.getFirst();
    for (Named other : runs.subList(1, runs.size())) {
      String workload = workload(first.run());
      if (!workload.equals(workload(other.run()))) {
        return Optional.of(
            "expected runs of the same workload, found '%s' in %s and '%s' in %s; compare runs that measured the same"
                .formatted(workload, first.name(), workload(other.run()), other.name()));
      }
      if (first.run().plan().cells().stream().noneMatch(other.run().plan().cells()::contains)) {
        return Optional.of(
            "expected runs with a cell in common, found %s in %s and %s in %s; measure the same workers, sizes and task times on as many CPUs"
                .formatted(cells(first.run()), first.name(), cells(other.run()), other.name()));
      }
    }
    return Optional.empty();
  }

  private static String workload(Run run) {
    StringBuilder words = new StringBuilder(run.plan().workload());
    run.plan().workloadJars().forEach(jar -> words.append(", jar ").append(jar.sha256()));
    return words.toString();
  }

  private static String machine(Host host) {
    return host.cpu() + ", " + Wording.count(host.cpus(), "CPU");
  }

  private static String heap(Run run) {
    return Quantity.memory(run.plan().heapBytes());
  }

  /// "2 workers on 2 CPUs, 4 KiB, 1 ms; …", the first few.
  private static String cells(Run run) {
    List<Cell> cells = run.plan().cells();
    String some =
        cells.stream()
            .limit(3)
            .map(cell ->
                "%s on %s, %s, %s"
                    .formatted(
                        Wording.count(cell.workers(), "worker"),
                        Wording.count(cell.cpus(), "CPU"),
                        Quantity.size(cell.messageBytes()),
                        Quantity.chosenTime(cell.taskNanos())))
            .collect(Collectors.joining("; "));
    return cells.isEmpty() ? "no cell" : "'" + some + (cells.size() > 3 ? "; …'" : "'");
  }
}
