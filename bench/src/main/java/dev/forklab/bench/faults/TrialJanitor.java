package dev.forklab.bench.faults;

import dev.forklab.bench.runtime.ScratchDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;

/// A program that outlives the lab by a moment: it is told on standard input the process of each
/// service that the lab starts; when its input ends, it kills those that are left, with all that
/// they started, and removes the lab's scratch directory. So nothing is left of a lab that was
/// killed, not even a stopped process, which could not notice.
public final class TrialJanitor {

  private TrialJanitor() {}

  /// Waits, then cleans up.
  ///
  /// @param arguments the scratch directory
  public static void main(String[] arguments) throws IOException {
    List<ProcessHandle> services = new ArrayList<>();
    try (Scanner in = new Scanner(System.in, StandardCharsets.UTF_8)) {
      while (in.hasNextLong()) {
        Optional<ProcessHandle> service = ProcessHandle.of(in.nextLong());
        service.ifPresent(services::add);
        services.removeIf(each -> !each.isAlive());
      }
    }
    services.forEach(TrialJanitor::killTree);
    new ScratchDirectory(Path.of(arguments[0])).close();
  }

  /// Kills a process and its descendants, the root first, so that it starts nothing more.
  static void killTree(ProcessHandle root) {
    List<ProcessHandle> descendants = root.descendants().toList();
    boolean _ = root.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
