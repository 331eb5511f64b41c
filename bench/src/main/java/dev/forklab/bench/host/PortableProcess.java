package dev.forklab.bench.host;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/// A process of a system without `/proc`, as OSHI shows it.
final class PortableProcess {

  private PortableProcess() {}

  static Optional<ProcessMemory> memory(long pid) {
    @Nullable OSProcess process =
        new SystemInfo().getOperatingSystem().getProcess(Math.toIntExact(pid));
    return Optional.ofNullable(process)
        .map(found -> new ProcessMemory(1, -1, -1, found.getResidentMemory()));
  }
}
