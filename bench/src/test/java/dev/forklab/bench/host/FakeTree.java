package dev.forklab.bench.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A `/proc` and `/sys` of a machine that is not here.
record FakeTree(Path root) {

  static final String CPU = "sys/devices/system/cpu/";

  FakeTree file(String path, String text) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KernelFiles files() {
    return new KernelFiles(root);
  }

  /// Four threads on two cores, 16 GiB, powersave with turbo, quiet.
  static FakeTree bareMetalWithSmt(Path root) {
    FakeTree tree =
        new FakeTree(root)
            .file("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-3\n")
            .file("proc/self/cgroup", "0::/user.slice/session-1.scope\n")
            .file(
                "proc/self/mountinfo",
                "25 21 0:23 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n")
            .file("sys/fs/cgroup/user.slice/session-1.scope/cpu.max", "max 100000\n")
            .file("sys/fs/cgroup/user.slice/cpu.max", "max 100000\n")
            .file(
                "proc/cpuinfo",
                "processor\t: 0\nmodel name\t: Intel(R) Core(TM) i7-7600U\nflags\t\t: fpu aes avx2\n")
            .file("proc/meminfo", meminfo(16L << 20, 12L << 20, 2L << 20))
            .file("proc/loadavg", "0.10 0.20 0.30 1/234 5678\n")
            .file("proc/stat", "cpu  1000 0 500 8000 100 0 50 0 0 0\ncpu0 1 0 0 0 0 0 0 0 0 0\n")
            .file("proc/vmstat", "nr_free_pages 1\npswpin 5\npswpout 7\n")
            .file("proc/sys/kernel/osrelease", "6.1.0-13-amd64\n")
            .file("etc/os-release", "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n")
            .file("sys/devices/system/node/online", "0\n")
            .file("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n")
            .file("sys/class/dmi/id/sys_vendor", "LENOVO\n")
            .file(CPU + "online", "0-3\n")
            .file(CPU + "smt/control", "on\n")
            .file(CPU + "intel_pstate/no_turbo", "0\n")
            .file(CPU + "cpu0/cpufreq/scaling_driver", "intel_pstate\n")
            .file(CPU + "cpu0/cpufreq/cpuinfo_max_freq", "3900000\n")
            .cache(0, "1", "Data", "32K", "0,2")
            .cache(1, "1", "Instruction", "32K", "0,2")
            .cache(2, "3", "Unified", "4096K", "0-3");
    for (int cpu = 0; cpu < 4; cpu++) {
      tree.file(
              CPU + "cpu" + cpu + "/topology/thread_siblings_list",
              (cpu % 2) + "," + (cpu % 2 + 2) + "\n")
          .file(CPU + "cpu" + cpu + "/cpufreq/scaling_governor", "powersave\n");
    }
    return tree;
  }

  /// Docker on cgroup v2: 8 CPUs seen, 1.5 allowed by the quota of the parent group; 2 GiB.
  static FakeTree containerWithQuota(Path root) {
    return new FakeTree(root)
        .file(".dockerenv", "")
        .file("proc/self/status", "Cpus_allowed_list:\t0-7\n")
        .file("proc/self/cgroup", "0::/app\n")
        .file(
            "proc/self/mountinfo",
            "30 29 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw,nsdelegate\n")
        .file("sys/fs/cgroup/cpu.max", "150000 100000\n")
        .file("sys/fs/cgroup/app/cpu.max", "400000 100000\n")
        .file("sys/fs/cgroup/app/cpu.stat", "usage_usec 5\nnr_throttled 3\nthrottled_usec 250\n")
        .file("sys/fs/cgroup/cpu.stat", "usage_usec 9\nnr_throttled 4\nthrottled_usec 1250\n")
        .file("sys/fs/cgroup/memory.max", Long.toString(2L << 30))
        .file("sys/fs/cgroup/memory.current", Long.toString(1800L << 20))
        .file("sys/fs/cgroup/memory.stat", "anon 1\ninactive_file " + (100L << 20) + "\n")
        .file("proc/meminfo", meminfo(64L << 20, 60L << 20, 0))
        .file("proc/cpuinfo", "model name\t: AMD EPYC 7763\nflags\t\t: fpu aes\n")
        .file("proc/loadavg", "7.50 3.00 1.00 9/999 1\n");
  }

  /// A KVM guest with the groups of version 1, two CPUs of which one is allowed.
  static FakeTree virtualMachine(Path root) {
    return new FakeTree(root)
        .file("proc/self/status", "Cpus_allowed_list:\t1\n")
        .file("proc/self/cgroup", "4:memory:/docker/abc\n2:cpu,cpuacct:/docker/abc\n0::/\n")
        .file(
            "proc/self/mountinfo",
            """
            32 31 0:29 /docker/abc /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 /docker/abc /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
            """)
        .file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n")
        .file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n")
        .file("sys/fs/cgroup/cpu,cpuacct/cpu.stat", "nr_periods 1\nthrottled_time 777\n")
        .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")
        .file("proc/meminfo", meminfo(8L << 20, 7L << 20, 0))
        .file("proc/cpuinfo", "model name\t: AMD EPYC\nflags\t\t: fpu hypervisor aes\n")
        .file(
            "sys/devices/system/clocksource/clocksource0/available_clocksource", "tsc kvm-clock\n")
        .file("proc/stat", "cpu  10 0 10 70 5 0 1 4 0 0\n");
  }

  private FakeTree cache(int index, String level, String type, String size, String shared) {
    String path = CPU + "cpu0/cache/index" + index;
    return file(path + "/level", level)
        .file(path + "/type", type)
        .file(path + "/size", size)
        .file(path + "/shared_cpu_list", shared);
  }

  static String meminfo(long totalKib, long availableKib, long swapKib) {
    return """
    MemTotal:       %d kB
    MemAvailable:   %d kB
    SwapTotal:      %d kB
    SwapFree:       %d kB
    """
        .formatted(totalKib, availableKib, swapKib, swapKib);
  }
}
