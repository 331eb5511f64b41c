package dev.forklab.bench.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// A set of logical CPUs, in the kernel's list format: `0-3,8`.
///
/// @param cpus their numbers, ascending, each once
record CpuSet(List<Integer> cpus) {

  /// The most that a list may name: a bound on garbage, above any kernel's NR_CPUS.
  private static final int MAX_CPU = 65_535;

  CpuSet {
    cpus = List.copyOf(new TreeSet<>(cpus));
  }

  static CpuSet of(Collection<Integer> cpus) {
    return new CpuSet(List.copyOf(cpus));
  }

  /// The set that `list` names, or nothing when it is not such a list or names no CPU.
  static Optional<CpuSet> parse(String list) {
    TreeSet<Integer> cpus = new TreeSet<>();
    try {
      for (String range : list.strip().split(",", -1)) {
        String[] ends = range.split("-", 2);
        int from = Integer.parseInt(ends[0].strip());
        int to = Integer.parseInt(ends[ends.length - 1].strip());
        if (from < 0 || to > MAX_CPU || from > to) {
          return Optional.empty();
        }
        for (int cpu = from; cpu <= to; cpu++) {
          cpus.add(cpu);
        }
      }
    } catch (NumberFormatException notAList) {
      return Optional.empty();
    }
    return Optional.of(of(cpus));
  }

  int size() {
    return cpus.size();
  }

  boolean contains(int cpu) {
    return cpus.contains(cpu);
  }

  /// The kernel's list format.
  @Override
  public String toString() {
    List<String> ranges = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= cpus.size(); i++) {
      if (i == cpus.size() || cpus.get(i) != cpus.get(i - 1) + 1) {
        int from = cpus.get(start);
        int to = cpus.get(i - 1);
        ranges.add(from == to ? "" + from : from + "-" + to);
        start = i;
      }
    }
    return String.join(",", ranges);
  }
}
