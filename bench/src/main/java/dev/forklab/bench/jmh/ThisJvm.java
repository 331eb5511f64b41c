package dev.forklab.bench.jmh;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.forklab.bench.jmh.OpenModel.HeapBytes;
import dev.forklab.fork.data.JvmReport;
import dev.forklab.results.JvmFacts;
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

  /// After how many calls the best compiler takes up a method; 0 if this JVM does not say.
  static long callsUntilCompiled() {
    HotSpotDiagnosticMXBean flags =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return flags == null
          ? 0
          : Long.parseLong(flags.getVMOption("Tier4InvocationThreshold").getValue());
    } catch (IllegalArgumentException _) {
      return 0; // It has no such flag.
    }
  }

  static HeapBytes heap() {
    MemoryUsage usage = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new HeapBytes(usage.getUsed(), usage.getCommitted());
  }
}
