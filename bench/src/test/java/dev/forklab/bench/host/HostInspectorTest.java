package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Host;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class HostInspectorTest {

  @Test
  void thisMachineIsDescribed() {
    Host host = HostInspector.ofThisMachine().inspect();

    assertThat(host.cpus()).isPositive();
    assertThat(host.memoryBytes()).isPositive();
    assertThat(host.os()).isNotBlank();
    assertThat(host.cpu()).isNotBlank();
    assertThat(host.java()).contains(System.getProperty("java.runtime.version"));
    assertThat(host.facts()).isNotEmpty();
  }

  @Test
  void cpusAreThoseThatTheJvmCounts() {
    Assumptions.assumeTrue(KernelFiles.ofThisMachine().exists("proc/self/status"), "needs Linux");

    assertThat(HostInspector.ofThisMachine().inspect().cpus())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void oshiIsNotLoadedWhereThereIsProc() throws Exception {
    Assumptions.assumeTrue(KernelFiles.ofThisMachine().exists("proc/self/status"), "needs Linux");
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load=info:stdout",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Look.class.getName()))
            .redirectErrorStream(true)
            .start();
    List<String> loaded = child.inputReader().readAllLines();

    assertThat(child.waitFor()).isZero();
    assertThat(loaded).anyMatch(line -> line.contains("LinuxHost"));
    assertThat(loaded).noneMatch(line -> line.contains(" oshi.") || line.contains("com.sun.jna"));
  }

  /// Looks at the machine in a JVM of its own.
  static final class Look {

    private Look() {}

    public static void main(String[] arguments) {
      KernelFiles files = KernelFiles.ofThisMachine();
      HostInspector.ofThisMachine().inspect();
      new HostCounterReader(files).read();
      ProcessMemory.of(ProcessTree.of(ProcessHandle.current().pid()));
      CpuClock.of(ProcessTree.of(ProcessHandle.current().pid())).nanos();
      Affinity.of(1);
    }
  }
}
