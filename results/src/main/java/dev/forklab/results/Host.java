package dev.forklab.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The machine that a run was measured on, as far as it could be found out; a fact that could not
/// is absent from `facts`.
///
/// @param os operating system and kernel, for reading
/// @param cpu the processor's name, for reading
/// @param cpus logical CPUs that this run may use
/// @param memoryBytes physical memory, or the container's limit where it is lower
/// @param java the JDK that runs workers, for reading
/// @param facts everything else by name, in reading order (caches, governor, hypervisor, limits, …)
/// @param warnings what could spoil the numbers, seen before the run
public record Host(
    String os,
    String cpu,
    int cpus,
    long memoryBytes,
    String java,
    Map<String, String> facts,
    List<Warning> warnings) {

  public Host {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    warnings = List.copyOf(warnings);
  }
}
