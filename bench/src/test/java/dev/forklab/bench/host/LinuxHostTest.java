package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Host;
import dev.forklab.results.Warning;
import dev.forklab.results.Warning.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxHostTest {

  @TempDir Path root;

  @Test
  void bareMetalWithSmtIsDescribed() {
    Host host = read(FakeTree.bareMetalWithSmt(root));

    assertThat(host.os()).isEqualTo("Debian GNU/Linux 12, Linux 6.1.0-13-amd64");
    assertThat(host.cpu()).isEqualTo("Intel(R) Core(TM) i7-7600U");
    assertThat(host.cpus()).isEqualTo(4);
    assertThat(host.memoryBytes()).isEqualTo(16L << 30);
    assertThat(host.java()).isEqualTo("some JDK");
    assertThat(host.facts())
        .containsEntry("logical CPUs allowed", "4 (0-3)")
        .containsEntry("physical cores allowed", "2")
        .containsEntry("SMT", "on")
        .containsEntry("NUMA nodes", "1")
        .containsEntry(
            "caches",
            "L1d 32K shared by 2 CPUs, L1i 32K shared by 2 CPUs, L3 4096K shared by 4 CPUs")
        .containsEntry("frequency governor", "powersave")
        .containsEntry("frequency driver", "intel_pstate")
        .containsEntry("highest frequency", "3900 MHz")
        .containsEntry("turbo", "on")
        .containsEntry("cgroup", "version 2")
        .containsEntry("memory available", "12.0 GiB")
        .containsEntry("swap", "0 B used of 2.00 GiB")
        .containsEntry("transparent huge pages", "always [madvise] never")
        .containsEntry("load", "0.10 0.20 0.30 1/234 5678")
        .doesNotContainKeys("hypervisor", "container", "CPU quota", "memory limit");
    assertThat(kinds(host))
        .containsExactly(Kind.SMT, Kind.CPU_GOVERNOR, Kind.TURBO, Kind.NOT_PINNED);
  }

  @Test
  void containersQuotaAndLimitAreThoseOfItsTightestGroup() {
    Host host = read(FakeTree.containerWithQuota(root));

    assertThat(host.cpus()).as("1.5 CPUs, rounded up as the JVM does").isEqualTo(2);
    assertThat(host.memoryBytes()).isEqualTo(2L << 30);
    assertThat(host.facts())
        .containsEntry("container", "Docker")
        .containsEntry("CPU quota", "1.50 CPUs")
        .containsEntry("memory limit", "2.00 GiB")
        .containsEntry("memory available", "348 MiB")
        .containsEntry("swap", "none");
    assertThat(kinds(host))
        .containsExactly(Kind.CPU_QUOTA, Kind.LOW_MEMORY, Kind.BUSY_MACHINE, Kind.NOT_PINNED);
    assertThat(host.warnings())
        .extracting(Warning::detail)
        .contains(
            "348 MiB available of 2.00 GiB",
            "in the minute before the run the load was 7.50 on 2 CPUs");
  }

  @Test
  void virtualMachineIsNamed() {
    Host host = read(FakeTree.virtualMachine(root));

    assertThat(host.cpus()).isEqualTo(1);
    assertThat(host.facts())
        .containsEntry("hypervisor", "KVM")
        .containsEntry("logical CPUs allowed", "1 (1)")
        .containsEntry("cgroup", "version 1")
        .doesNotContainKeys("CPU quota", "memory limit", "frequency governor");
    assertThat(kinds(host)).containsExactly(Kind.VIRTUAL_MACHINE, Kind.NOT_PINNED);
  }

  @Test
  void emptyTreeGivesNoFactsAndNoFailure() {
    Host host = read(new FakeTree(root));

    assertThat(host.os()).isEqualTo("Linux");
    assertThat(host.cpu()).isEqualTo("unknown processor");
    assertThat(host.cpus()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(host.memoryBytes()).isEqualTo(-1);
    assertThat(host.facts()).isEmpty();
    assertThat(kinds(host)).containsExactly(Kind.NOT_PINNED);
  }

  @Test
  void garbageGivesNoFailure() {
    FakeTree tree = FakeTree.bareMetalWithSmt(root);
    for (String path :
        List.of(
            "proc/self/status",
            "proc/self/cgroup",
            "proc/self/mountinfo",
            "proc/meminfo",
            "proc/loadavg",
            "proc/stat",
            "proc/cpuinfo",
            FakeTree.CPU + "online",
            FakeTree.CPU + "cpu0/topology/thread_siblings_list")) {
      tree.file(path, "\0\377 - : = 9x, 99999999999999999999 (\n- cgroup2 - cgroup2\n:::\n");
    }

    assertThat(read(tree).cpu()).isEqualTo("unknown processor");
  }

  @Test
  void performanceGovernorWithoutTurboIsNoWarning() {
    FakeTree tree = FakeTree.bareMetalWithSmt(root);
    for (int cpu = 0; cpu < 4; cpu++) {
      tree.file(FakeTree.CPU + "cpu" + cpu + "/cpufreq/scaling_governor", "performance\n");
    }
    tree.file(FakeTree.CPU + "intel_pstate/no_turbo", "1\n");

    assertThat(kinds(read(tree))).containsExactly(Kind.SMT, Kind.NOT_PINNED);
  }

  private static Host read(FakeTree tree) {
    return LinuxHost.read(tree.files(), null, "some JDK");
  }

  private static List<Kind> kinds(Host host) {
    return host.warnings().stream().map(Warning::kind).toList();
  }
}
