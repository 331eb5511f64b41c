package dev.forklab.bench.faults;

import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// All that a service needs to know, handed over as a file in the trial's directory.
///
/// @param directory where its socket is, and where whatever it leaves goes
/// @param iterations the amount of work of a task
/// @param heapBytes of each of its JVMs
record ServiceSpec(
    Path directory, Model model, Way way, int workers, int iterations, long heapBytes) {

  /// Descriptors that each process may have.
  static final int MOST_DESCRIPTORS = 256;

  private static final String DIRECT_MEMORY = "32m";
  private static final long MIB = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  Path socket() {
    return directory.resolve("s");
  }

  /// Where what it and its workers print goes.
  Path log() {
    return directory.resolve("out.log");
  }

  /// Flags of its JVM and of those of its workers: a small heap, a bound of direct memory, no core
  /// files, and crash reports where the lab finds them.
  List<String> jvmArgs() {
    List<String> flags = new ArrayList<>();
    flags.add("-Xms" + Math.max(8, heapBytes / 4 / MIB) + "m");
    flags.add("-Xmx" + heapBytes / MIB + "m");
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:MaxDirectMemorySize=" + DIRECT_MEMORY);
    flags.add("-XX:-CreateCoredumpOnCrash");
    flags.add("-XX:ErrorFile=" + directory.resolve("crash-%p.log"));
    flags.add("--enable-native-access=ALL-UNNAMED");
    if (way == Way.PRODUCTION) {
      flags.add("-XX:+ExitOnOutOfMemoryError");
    }
    return flags;
  }

  static ServiceSpec read(Path file) {
    return JSON.readValue(file, ServiceSpec.class);
  }

  /// Writes it into its directory.
  Path write() throws IOException {
    Path file = directory.resolve("service.json");
    Files.writeString(file, JSON.writeValueAsString(this));
    return file;
  }
}
