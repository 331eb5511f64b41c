package dev.forklab.bench.host;

import dev.forklab.results.FaultTrial.Held;

/// Reads what a process tree holds, from `/proc` (Linux); elsewhere only its memory is known.
public final class Holdings {

  private Holdings() {}

  /// Of the processes of a tree, summed; zero if it has gone.
  public static Held of(ProcessTree tree) {
    return of(KernelFiles.ofThisMachine(), tree);
  }

  static Held of(KernelFiles files, ProcessTree tree) {
    ProcessMemory memory = ProcessMemory.read(files, tree.pids());
    int threads = 0;
    int descriptors = 0;
    for (long pid : tree.pids()) {
      threads += files.threads(pid).size();
      descriptors += files.names("proc/" + pid + "/fd", "\\d+").size();
    }
    return new Held(
        memory.processes(),
        memory.proportional() ? memory.pssBytes() : memory.rssBytes(),
        threads,
        descriptors);
  }
}
