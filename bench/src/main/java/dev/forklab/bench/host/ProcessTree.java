package dev.forklab.bench.host;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// The processes of a tree at one moment.
///
/// @param pids the root first, then its descendants; empty if the root has gone
public record ProcessTree(List<Long> pids) {

  public ProcessTree {
    pids = List.copyOf(pids);
  }

  /// The process `pid` and all its living descendants. A process whose parent has died belongs to
  /// no tree but its new parent's.
  public static ProcessTree of(long pid) {
    Optional<ProcessHandle> root = ProcessHandle.of(pid);
    return new ProcessTree(
        root.stream()
            .flatMapToLong(process ->
                LongStream.concat(
                    LongStream.of(process.pid()),
                    process.descendants().mapToLong(ProcessHandle::pid)))
            .boxed()
            .toList());
  }
}
