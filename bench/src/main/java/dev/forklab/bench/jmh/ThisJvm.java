package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.Contestant.HeapBytes;
import dev.forklab.fork.channel.JvmReport;
import dev.forklab.reports.results.JvmFacts;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;

/// What the JVM that runs a trial reports of itself.
final class ThisJvm {

  private ThisJvm() {}

  static JvmFacts facts() {
    return facts(
        "parent",
        1,
        JvmReport.ofThisJvm(),
        ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /// As a run records what `count` JVMs say of themselves.
  static JvmFacts facts(String role, int count, JvmReport report, List<String> flags) {
    return new JvmFacts(
        role,
        count,
        report.version(),
        report.collector(),
        report.maxHeapBytes(),
        report.cpus(),
        flags);
  }

  static HeapBytes heap() {
    MemoryUsage usage = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new HeapBytes(usage.getUsed(), usage.getCommitted());
  }
}
