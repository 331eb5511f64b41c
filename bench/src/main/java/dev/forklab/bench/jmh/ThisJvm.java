package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.Contestant.HeapBytes;
import dev.forklab.reports.results.JvmFacts;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.stream.Collectors;

/// What the JVM that runs a trial reports of itself.
final class ThisJvm {

  private ThisJvm() {}

  static JvmFacts facts() {
    return new JvmFacts(
        "parent",
        1,
        Runtime.version().toString(),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(", ")),
        Runtime.getRuntime().maxMemory(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  static HeapBytes heap() {
    MemoryUsage usage = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new HeapBytes(usage.getUsed(), usage.getCommitted());
  }
}
