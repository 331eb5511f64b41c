package dev.forklab.bench.host;

import dev.forklab.results.Host;
import dev.forklab.results.Warning;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;

/// A machine without `/proc`, as OSHI shows it. Its CPUs cannot be bound and its memory is only
/// resident size, both of which are said as warnings.
final class PortableHost {

  private PortableHost() {}

  static Host read(String java) {
    SystemInfo system = new SystemInfo();
    HardwareAbstractionLayer hardware = system.getHardware();
    CentralProcessor processor = hardware.getProcessor();
    GlobalMemory memory = hardware.getMemory();
    int physical = processor.getPhysicalProcessorCount();
    int logical = processor.getLogicalProcessorCount();

    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("source", "OSHI (no /proc on this system)");
    facts.put("logical CPUs", Integer.toString(logical));
    facts.put("physical cores", Integer.toString(physical));
    facts.put("memory available", Quantity.memory(memory.getAvailable()));
    facts.put("swap", Quantity.memory(memory.getVirtualMemory().getSwapUsed()) + " used");
    facts.put("load", Double.toString(processor.getSystemLoadAverage(1)[0]));

    List<Warning> warnings = new ArrayList<>();
    warnings.add(new Warning(Warning.Kind.NOT_PINNED, "this system offers no CPU affinity"));
    warnings.add(new Warning(Warning.Kind.APPROXIMATE_MEMORY, "this system has no /proc"));
    if (physical < logical) {
      warnings.add(
          new Warning(
              Warning.Kind.SMT, "%d logical CPUs on %d cores".formatted(logical, physical)));
    }
    return new Host(
        system.getOperatingSystem().toString(),
        processor.getProcessorIdentifier().getName(),
        Runtime.getRuntime().availableProcessors(),
        memory.getTotal(),
        java,
        facts,
        warnings);
  }
}
