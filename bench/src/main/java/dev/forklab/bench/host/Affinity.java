package dev.forklab.bench.host;

import dev.forklab.results.Warning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a process tree is kept on its share of the CPUs: started by `taskset` (util-linux), whose
/// mask all descendants inherit and which JVMs respect when they count CPUs.
///
/// The share is taken from the CPUs that this process itself may use, one per core for as long as
/// there are cores, so that two CPUs are never the two threads of one core while another core is
/// free.
public sealed interface Affinity {

  /// A share of the CPUs.
  ///
  /// @param prefix the start of the command line: `taskset -c 0-1`
  /// @param cpus the CPUs in the kernel's list format: `0-1`
  record Pinned(List<String> prefix, String cpus) implements Affinity {
    public Pinned {
      prefix = List.copyOf(prefix);
    }
  }

  /// All CPUs that this process may use: nothing to do.
  ///
  /// @param reason why, for the plan and the log
  record Whole(String reason) implements Affinity {}

  /// Fewer CPUs are wanted, but this system cannot bind a process to them.
  ///
  /// @param reason what is missing
  record Unavailable(String reason) implements Affinity {}

  /// How to start a tree on `count` of the CPUs of this process.
  static Affinity of(int count) {
    return of(KernelFiles.ofThisMachine(), System.getenv("PATH"), count);
  }

  static Affinity of(KernelFiles files, @Nullable String path, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("expected at least 1 CPU, found " + count);
    }
    Optional<CpuTopology> topology = CpuTopology.read(files);
    int allowed =
        topology
            .map(found -> found.allowed().size())
            .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    if (count >= allowed) {
      return new Whole(count + " CPUs wanted, " + allowed + " allowed: all are used");
    }
    if (topology.isEmpty()) {
      return new Unavailable("this system shows no CPU mask (no /proc)");
    }
    Optional<Path> taskset = taskset(path);
    if (taskset.isEmpty()) {
      return new Unavailable("taskset is not on the PATH");
    }
    String cpus = topology.get().first(count).toString();
    return new Pinned(List.of(taskset.get().toString(), "-c", cpus), cpus);
  }

  /// What to write before the command; empty unless [Pinned].
  default List<String> command() {
    return switch (this) {
      case Pinned pinned -> pinned.prefix();
      case Whole _, Unavailable _ -> List.of();
    };
  }

  /// The warning that belongs to the cells that run this way.
  default Optional<Warning> warning() {
    return switch (this) {
      case Unavailable unavailable ->
          Optional.of(new Warning(Warning.Kind.NOT_PINNED, unavailable.reason()));
      case Pinned _, Whole _ -> Optional.empty();
    };
  }

  /// The first executable `taskset` of a PATH.
  static Optional<Path> taskset(@Nullable String path) {
    return Arrays.stream((path == null ? "" : path).split(":", -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "taskset"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
