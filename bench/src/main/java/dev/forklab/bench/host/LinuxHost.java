package dev.forklab.bench.host;

import dev.forklab.results.Host;
import dev.forklab.results.Warning;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A Linux machine as `/proc`, `/sys` and `/etc/os-release` show it.
final class LinuxHost {

  /// Below this much available memory, or this share of all memory, memory is short.
  private static final long LOW_MEMORY_BYTES = 1L << 30;

  private static final double LOW_MEMORY_SHARE = 0.10;

  /// A one-minute load of this much per CPU, and no less than [#BUSY_LOAD], is other work.
  private static final double BUSY_LOAD_PER_CPU = 0.2;

  private static final double BUSY_LOAD = 0.5;

  private final KernelFiles files;
  private final Optional<CpuTopology> topology;
  private final ProcessorFacts processor;
  private final Cgroup cgroup;
  private final Virtualization virtualization;
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<Warning> warnings = new ArrayList<>();

  private LinuxHost(KernelFiles files) {
    this.files = files;
    this.topology = CpuTopology.read(files);
    this.processor = ProcessorFacts.read(files, topology);
    this.cgroup = Cgroup.read(files);
    this.virtualization = Virtualization.read(files);
  }

  /// @param path where to look for `taskset`, in the format of PATH
  static Host read(KernelFiles files, @Nullable String path, String java) {
    return new LinuxHost(files).host(path, java);
  }

  private Host host(@Nullable String path, String java) {
    int cpus = cpus();
    long memoryBytes = memoryBytes();
    addProcessor();
    addLimits();
    addMemory(memoryBytes);
    addLoad(cpus);
    if (Affinity.taskset(path).isEmpty()) {
      warn(Warning.Kind.NOT_PINNED, "taskset is not on the PATH");
    }
    return new Host(os(), processor.model(), cpus, memoryBytes, java, facts, warnings);
  }

  private String os() {
    String name =
        files
            .value("etc/os-release", "PRETTY_NAME")
            .or(() -> files.value("usr/lib/os-release", "PRETTY_NAME"))
            .orElse("Linux");
    return files
        .text("proc/sys/kernel/osrelease")
        .map(kernel -> name + ", Linux " + kernel)
        .orElse(name);
  }

  private int cpus() {
    int allowed =
        topology
            .map(found -> found.allowed().size())
            .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    OptionalDouble quota = cgroup.quotaCpus();
    return quota.isPresent()
        ? Math.clamp((long) Math.ceil(quota.getAsDouble()), 1, allowed)
        : allowed;
  }

  private long memoryBytes() {
    long physical = MemoryFacts.bytes(files, "MemTotal").orElse(-1);
    long limit = cgroup.memoryLimitBytes().orElse(Long.MAX_VALUE);
    return physical < 0 && limit == Long.MAX_VALUE
        ? -1
        : Math.min(physical < 0 ? Long.MAX_VALUE : physical, limit);
  }

  private void addProcessor() {
    topology.ifPresent(found -> {
      add("logical CPUs allowed", found.allowed().size() + " (" + found.allowed() + ")");
      add("physical cores allowed", Integer.toString(found.cores().size()));
      if (found.smt()) {
        warn(
            Warning.Kind.SMT,
            "%d logical CPUs on %d cores".formatted(found.allowed().size(), found.cores().size()));
      }
    });
    files.text("sys/devices/system/cpu/online").ifPresent(cpus -> add("CPUs on line", cpus));
    files.text("sys/devices/system/cpu/isolated").ifPresent(cpus -> add("CPUs isolated", cpus));
    files.text("sys/devices/system/cpu/smt/control").ifPresent(state -> add("SMT", state));
    processor.facts().forEach(this::add);
    processor
        .governor()
        .filter(governor -> !governor.equals("performance"))
        .ifPresent(governor -> warn(Warning.Kind.CPU_GOVERNOR, "governor is " + governor));
    if (processor.nodes() > 1) {
      warn(Warning.Kind.NUMA, processor.nodes() + " memory nodes");
    }
    if (processor.turbo().orElse(false)) {
      warn(Warning.Kind.TURBO, "turbo is on");
    }
  }

  private void addLimits() {
    virtualization
        .hypervisor()
        .ifPresent(name -> {
          add("hypervisor", name);
          warn(Warning.Kind.VIRTUAL_MACHINE, name);
        });
    virtualization.container().ifPresent(kind -> add("container", kind));
    cgroup.cpu().stream()
        .findFirst()
        .ifPresent(level -> add("cgroup", "version " + level.version()));
    OptionalDouble quota = cgroup.quotaCpus();
    if (quota.isPresent()) {
      String cpus = String.format(Locale.ROOT, "%.2f CPUs", quota.getAsDouble());
      add("CPU quota", cpus);
      int allowed = topology.map(found -> found.allowed().size()).orElse(Integer.MAX_VALUE);
      if (quota.getAsDouble() < allowed) {
        warn(Warning.Kind.CPU_QUOTA, "a quota of " + cpus + " for " + allowed + " CPUs");
      }
    }
    OptionalLong limit = cgroup.memoryLimitBytes();
    if (limit.isPresent()) {
      add("memory limit", Quantity.memory(limit.getAsLong()));
    }
  }

  private void addMemory(long memoryBytes) {
    OptionalLong available = MemoryFacts.available(files, cgroup);
    if (available.isPresent()) {
      add("memory available", Quantity.memory(available.getAsLong()));
      long low = Math.max(LOW_MEMORY_BYTES, (long) (memoryBytes * LOW_MEMORY_SHARE));
      if (available.getAsLong() < low) {
        warn(
            Warning.Kind.LOW_MEMORY,
            "%s available of %s"
                .formatted(Quantity.memory(available.getAsLong()), Quantity.memory(memoryBytes)));
      }
    }
    MemoryFacts.read(files).forEach(this::add);
    files.lines("proc/pressure/memory").stream()
        .findFirst()
        .ifPresent(line -> add("memory pressure", line));
  }

  private void addLoad(int cpus) {
    Optional<String> load = files.text("proc/loadavg");
    load.ifPresent(text -> add("load", text.lines().limit(1).collect(Collectors.joining())));
    double minute = HostCounterReader.load(load.orElse(""));
    if (minute > Math.max(BUSY_LOAD, BUSY_LOAD_PER_CPU * cpus)) {
      warn(
          Warning.Kind.BUSY_MACHINE,
          String.format(
              Locale.ROOT,
              "in the minute before the run the load was %.2f on %d CPUs",
              minute,
              cpus));
    }
  }

  private void add(String name, String value) {
    facts.put(name, value);
  }

  private void warn(Warning.Kind kind, String detail) {
    warnings.add(new Warning(kind, detail));
  }
}
