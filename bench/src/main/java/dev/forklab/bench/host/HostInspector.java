package dev.forklab.bench.host;

import dev.forklab.results.Host;

/// Finds out what machine this is and what about it could spoil the numbers.
///
/// On Linux some dozens of small files are read, in milliseconds, and nothing is started; elsewhere
/// OSHI is asked, which may take a second. What cannot be found out is absent from the answer; this
/// never fails.
public final class HostInspector {

  private final KernelFiles files;

  private HostInspector(KernelFiles files) {
    this.files = files;
  }

  /// Looks at the machine that this process runs on.
  public static HostInspector ofThisMachine() {
    return new HostInspector(KernelFiles.ofThisMachine());
  }

  /// Looks now. Load and free memory are of this moment.
  public Host inspect() {
    return files.exists("proc/self/status")
        ? LinuxHost.read(files, System.getenv("PATH"), java())
        : PortableHost.read(java());
  }

  private static String java() {
    return "%s %s, Java %s"
        .formatted(
            System.getProperty("java.vendor", "unknown vendor"),
            System.getProperty("java.vm.name", "JVM"),
            System.getProperty("java.runtime.version", System.getProperty("java.version")));
  }
}
