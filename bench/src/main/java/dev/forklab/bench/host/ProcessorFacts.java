package dev.forklab.bench.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What Linux says of the processor beyond its topology.
///
/// @param model its name
/// @param governor the frequency governor of the CPUs allowed, several joined by commas; empty
///   where the kernel does not set the frequency (most virtual machines)
/// @param turbo whether it may exceed its nominal frequency; empty if not shown
/// @param nodes memory nodes that hold CPUs allowed; 1 if not shown
/// @param facts the rest by name
record ProcessorFacts(
    String model,
    Optional<String> governor,
    Optional<Boolean> turbo,
    int nodes,
    Map<String, String> facts) {

  private static final String CPU = "sys/devices/system/cpu/";
  private static final long KHZ_PER_MHZ = 1_000;

  static ProcessorFacts read(KernelFiles files, Optional<CpuTopology> topology) {
    List<Integer> cpus = topology.map(found -> found.allowed().cpus()).orElse(List.of(0));
    int one = cpus.getFirst();
    Optional<String> governor = governor(files, cpus);
    Optional<Boolean> turbo = turbo(files);
    Map<String, String> facts = new LinkedHashMap<>();
    files
        .text("sys/devices/system/node/online")
        .flatMap(CpuSet::parse)
        .ifPresent(nodes -> facts.put("NUMA nodes", Integer.toString(nodes.size())));
    String caches = caches(files, one);
    if (!caches.isEmpty()) {
      facts.put("caches", caches);
    }
    governor.ifPresent(name -> facts.put("frequency governor", name));
    files
        .text(CPU + "cpu" + one + "/cpufreq/scaling_driver")
        .ifPresent(name -> facts.put("frequency driver", name));
    files
        .number(CPU + "cpu" + one + "/cpufreq/cpuinfo_max_freq")
        .ifPresent(khz -> facts.put("highest frequency", khz / KHZ_PER_MHZ + " MHz"));
    turbo.ifPresent(on -> facts.put("turbo", on ? "on" : "off"));
    return new ProcessorFacts(model(files), governor, turbo, nodes(files, cpus), facts);
  }

  private static int nodes(KernelFiles files, List<Integer> cpus) {
    String directory = "sys/devices/system/node";
    long holding =
        files.names(directory, "node\\d+").stream()
            .map(node -> files.text(directory + "/" + node + "/cpulist").flatMap(CpuSet::parse))
            .flatMap(Optional::stream)
            .filter(node -> cpus.stream().anyMatch(node::contains))
            .count();
    return (int) Math.max(1, holding);
  }

  /// x86 says `model name`; others may say `Model` or `Hardware`, or only a part number.
  private static String model(KernelFiles files) {
    String info = "proc/cpuinfo";
    return files
        .value(info, "model name")
        .or(() -> files.value(info, "Model"))
        .or(() -> files.value(info, "Hardware"))
        .or(() -> files.value(info, "cpu"))
        .or(() -> files.value(info, "CPU part").map(part -> "CPU part " + part))
        .orElse("unknown processor");
  }

  private static Optional<String> governor(KernelFiles files, List<Integer> cpus) {
    TreeSet<String> governors = new TreeSet<>();
    for (int cpu : cpus) {
      files.text(CPU + "cpu" + cpu + "/cpufreq/scaling_governor").ifPresent(governors::add);
    }
    return governors.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", governors));
  }

  private static Optional<Boolean> turbo(KernelFiles files) {
    return files
        .text(CPU + "intel_pstate/no_turbo")
        .map("0"::equals)
        .or(() -> files.text(CPU + "cpufreq/boost").map("1"::equals));
  }

  private static String caches(KernelFiles files, int cpu) {
    String directory = CPU + "cpu" + cpu + "/cache";
    Stream<String> caches =
        files.names(directory, "index\\d+").stream()
            .sorted()
            .map(index -> cache(files, directory + "/" + index))
            .flatMap(Optional::stream);
    return String.join(", ", caches.toList());
  }

  private static Optional<String> cache(KernelFiles files, String path) {
    Optional<String> level = files.text(path + "/level");
    Optional<String> size = files.text(path + "/size");
    if (level.isEmpty() || size.isEmpty()) {
      return Optional.empty();
    }
    String type =
        switch (files.text(path + "/type").orElse("")) {
          case "Data" -> "d";
          case "Instruction" -> "i";
          default -> "";
        };
    int sharers =
        files.text(path + "/shared_cpu_list").flatMap(CpuSet::parse).map(CpuSet::size).orElse(1);
    String shared = sharers > 1 ? " shared by " + sharers + " CPUs" : "";
    return Optional.of("L" + level.get() + type + " " + size.get() + shared);
  }
}
