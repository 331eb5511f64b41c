package dev.forklab.bench.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which logical CPUs this process may use, and which of them share a core.
///
/// @param allowed the CPUs of this process's affinity mask
/// @param cores those CPUs by core; a core whose siblings are not known holds one CPU
record CpuTopology(CpuSet allowed, List<CpuSet> cores) {

  private static final String CPUS = "sys/devices/system/cpu/";

  CpuTopology {
    cores = List.copyOf(cores);
  }

  /// The topology that the kernel shows; without a readable mask, all CPUs that are on line.
  static Optional<CpuTopology> read(KernelFiles files) {
    Optional<CpuSet> allowed =
        files
            .value("proc/self/status", "Cpus_allowed_list")
            .flatMap(CpuSet::parse)
            .or(() -> files.text(CPUS + "online").flatMap(CpuSet::parse));
    return allowed.map(cpus -> new CpuTopology(cpus, cores(files, cpus)));
  }

  private static List<CpuSet> cores(KernelFiles files, CpuSet allowed) {
    Map<String, List<Integer>> byCore = new LinkedHashMap<>();
    for (int cpu : allowed.cpus()) {
      String core =
          files
              .text(CPUS + "cpu" + cpu + "/topology/thread_siblings_list")
              .orElse(Integer.toString(cpu));
      byCore.computeIfAbsent(core, _ -> new ArrayList<>()).add(cpu);
    }
    return byCore.values().stream().map(CpuSet::of).toList();
  }

  /// Whether two of the CPUs allowed share a core.
  boolean smt() {
    return cores.size() < allowed.size();
  }

  /// The first `count` CPUs, one per core for as long as there are cores: two workers on two CPUs
  /// must not turn out to share one core.
  CpuSet first(int count) {
    Map<Integer, Integer> rank = new TreeMap<>();
    for (CpuSet core : cores) {
      for (int sibling = 0; sibling < core.size(); sibling++) {
        rank.put(core.cpus().get(sibling), sibling);
      }
    }
    return CpuSet.of(
        rank.entrySet().stream()
            .sorted(Comparator.comparing(Map.Entry<Integer, Integer>::getValue))
            .limit(count)
            .map(Map.Entry::getKey)
            .toList());
  }
}
