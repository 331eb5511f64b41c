package dev.forklab.reports.analysis;

import dev.forklab.results.JvmFacts;
import dev.forklab.results.Trial;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JVMs of a run that said the same of themselves, as far as it decides what they can do: whether
/// every model had the same budget is read off these.
///
/// @param role `parent` or `worker`
/// @param workers how many workers their cells have
/// @param collector names of its collectors
/// @param maxHeapBytes what the heap of each may grow to
/// @param cpus how many CPUs each believes it has
/// @param startArchive whether its command line names one
/// @param count how many JVMs
public record JvmGroup(
    String role,
    int workers,
    String collector,
    long maxHeapBytes,
    int cpus,
    boolean startArchive,
    int count) {

  private static final String ARCHIVE_FLAG = "-XX:AOTCache=";

  /// The groups of these trials' JVMs, by workers and role.
  static List<JvmGroup> of(List<Trial> trials) {
    Map<JvmGroup, Integer> counts = new LinkedHashMap<>();
    for (Trial trial : trials) {
      for (JvmFacts facts : trial.jvms()) {
        counts.merge(
            uncounted(trial.planned().cell().workers(), facts), facts.count(), Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .map(entry -> entry.getKey().counted(entry.getValue()))
        .sorted(
            Comparator.comparingInt(JvmGroup::workers)
                .thenComparing(JvmGroup::role)
                .thenComparing(Comparator.comparingLong(JvmGroup::maxHeapBytes).reversed()))
        .toList();
  }

  private static JvmGroup uncounted(int workers, JvmFacts facts) {
    return new JvmGroup(
        facts.role(),
        workers,
        facts.collector(),
        facts.maxHeapBytes(),
        facts.cpus(),
        facts.flags().stream().anyMatch(flag -> flag.startsWith(ARCHIVE_FLAG)),
        0);
  }

  private JvmGroup counted(int jvms) {
    return new JvmGroup(role, workers, collector, maxHeapBytes, cpus, startArchive, jvms);
  }
}
