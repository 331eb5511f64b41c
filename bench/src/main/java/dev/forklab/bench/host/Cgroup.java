package dev.forklab.bench.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;

/// The control groups that hold this process back: CPU quota, memory limit and throttling, of
/// version 1, 2 or a mixture, as <https://docs.kernel.org/admin-guide/cgroup-v2.html> and
/// <https://docs.kernel.org/admin-guide/cgroup-v1/> describe them.
///
/// A limit of any ancestor binds, so each is the lowest along the path from the process's group to
/// the root of what is mounted.
///
/// @param cpu directories that control CPU, innermost first
/// @param memory directories that control memory, innermost first
record Cgroup(KernelFiles files, List<Level> cpu, List<Level> memory) {

  /// Version 1 says "no limit" with the largest page-aligned number; anything near it is none.
  private static final long UNLIMITED_BYTES = 1L << 60;

  private static final long NANOS_PER_MICRO = 1_000;

  /// One directory of a hierarchy.
  ///
  /// @param path relative to the root of the file tree
  /// @param version 1 or 2
  record Level(String path, int version) {}

  /// A hierarchy that is mounted: where, which part of it, with what controllers.
  private record Mount(String root, String point, int version, List<String> controllers) {}

  Cgroup {
    cpu = List.copyOf(cpu);
    memory = List.copyOf(memory);
  }

  static Cgroup read(KernelFiles files) {
    List<Mount> mounts = mounts(files);
    return new Cgroup(files, levels(files, mounts, "cpu"), levels(files, mounts, "memory"));
  }

  /// CPUs that the quota allows, fractions included; nothing when there is no quota.
  OptionalDouble quotaCpus() {
    return cpu.stream().map(this::quota).flatMapToDouble(OptionalDouble::stream).min();
  }

  OptionalLong memoryLimitBytes() {
    return numbers(memory, level -> level.version() == 2 ? "memory.max" : "memory.limit_in_bytes")
        .filter(bytes -> bytes < UNLIMITED_BYTES)
        .min();
  }

  /// Memory that may still be taken before the limit is reached, the page cache counted as free.
  OptionalLong memoryLeftBytes() {
    return memory.stream().map(this::left).flatMapToLong(OptionalLong::stream).min();
  }

  /// Time since the group was made for which it was held back by its quota.
  OptionalLong throttledNanos() {
    return cpu.stream()
        .map(level ->
            level.version() == 2
                ? micros(files.field(level.path() + "/cpu.stat", "throttled_usec"))
                : files.field(level.path() + "/cpu.stat", "throttled_time"))
        .flatMapToLong(OptionalLong::stream)
        .max();
  }

  private static OptionalLong micros(OptionalLong micros) {
    return micros.isPresent()
        ? OptionalLong.of(micros.getAsLong() * NANOS_PER_MICRO)
        : OptionalLong.empty();
  }

  private OptionalDouble quota(Level level) {
    long quota;
    long period;
    if (level.version() == 2) {
      String[] words = files.text(level.path() + "/cpu.max").orElse("max").split("\\s+", -1);
      if (words.length < 2 || !words[0].matches("\\d{1,18}") || !words[1].matches("\\d{1,18}")) {
        return OptionalDouble.empty();
      }
      quota = Long.parseLong(words[0]);
      period = Long.parseLong(words[1]);
    } else {
      quota = files.number(level.path() + "/cpu.cfs_quota_us").orElse(-1);
      period = files.number(level.path() + "/cpu.cfs_period_us").orElse(-1);
    }
    return quota > 0 && period > 0
        ? OptionalDouble.of((double) quota / period)
        : OptionalDouble.empty();
  }

  private OptionalLong left(Level level) {
    boolean v2 = level.version() == 2;
    String path = level.path();
    OptionalLong limit = files.number(path + (v2 ? "/memory.max" : "/memory.limit_in_bytes"));
    OptionalLong used = files.number(path + (v2 ? "/memory.current" : "/memory.usage_in_bytes"));
    if (limit.isEmpty() || used.isEmpty() || limit.getAsLong() >= UNLIMITED_BYTES) {
      return OptionalLong.empty();
    }
    long cache =
        files.field(path + "/memory.stat", v2 ? "inactive_file" : "total_inactive_file").orElse(0);
    return OptionalLong.of(Math.max(0, limit.getAsLong() - used.getAsLong() + cache));
  }

  private LongStream numbers(List<Level> levels, Function<Level, String> file) {
    return levels.stream()
        .map(level -> files.number(level.path() + "/" + file.apply(level)))
        .flatMapToLong(OptionalLong::stream);
  }

  private static List<Level> levels(KernelFiles files, List<Mount> mounts, String controller) {
    Optional<Mount> mount =
        mounts.stream()
            .filter(candidate -> candidate.controllers().contains(controller))
            .findFirst()
            .or(() -> mounts.stream().filter(candidate -> candidate.version() == 2).findFirst());
    return mount.map(found -> levels(files, found, controller)).orElse(List.of());
  }

  /// From the process's own group up to the mount point.
  private static List<Level> levels(KernelFiles files, Mount mount, String controller) {
    Path point = Path.of(relative(mount.point()));
    Path own = point.resolve(relative(within(mount, groupOf(files, mount, controller))));
    List<Level> levels = new ArrayList<>();
    for (Path at = own.normalize(); at != null && at.startsWith(point); at = at.getParent()) {
      levels.add(new Level(at.toString(), mount.version()));
    }
    return levels;
  }

  private static String groupOf(KernelFiles files, Mount mount, String controller) {
    return files.lines("proc/self/cgroup").stream()
        .map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3)
        .filter(parts ->
            mount.version() == 2
                ? parts[1].isEmpty()
                : Arrays.asList(parts[1].split(",")).contains(controller))
        .map(parts -> parts[2])
        .findFirst()
        .orElse("/");
  }

  /// The group's path below the part of the hierarchy that is mounted; a group that lies elsewhere,
  /// as in a container with the host's view of its own path, is the mounted part itself.
  private static String within(Mount mount, String group) {
    if (mount.root().equals("/")) {
      return group;
    }
    boolean below = group.equals(mount.root()) || group.startsWith(mount.root() + "/");
    return below ? group.substring(mount.root().length()) : "";
  }

  /// Lines of mountinfo: `id parent dev ROOT POINT options… - TYPE source CONTROLLERS`; see
  /// proc_pid_mountinfo(5).
  private static List<Mount> mounts(KernelFiles files) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : files.lines("proc/self/mountinfo")) {
      String[] halves = line.split(" - ", 2);
      String[] left = halves[0].split(" ", -1);
      String[] right = halves.length == 2 ? halves[1].split(" ", -1) : new String[0];
      if (left.length < 5 || right.length < 3 || !right[0].startsWith("cgroup")) {
        continue;
      }
      boolean v2 = right[0].equals("cgroup2");
      List<String> controllers = v2 ? List.of() : List.of(right[2].split(","));
      mounts.add(new Mount(left[3], left[4].replace("\\040", " "), v2 ? 2 : 1, controllers));
    }
    return mounts;
  }

  private static String relative(String absolute) {
    return absolute.replaceFirst("^/+", "");
  }
}
