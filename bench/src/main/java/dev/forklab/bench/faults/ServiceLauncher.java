package dev.forklab.bench.faults;

import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.fork.launch.StartArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Starts the JVM of a service, as often as it is asked to, with its start archive if there is one.
///
/// @param spec what the service is to be
/// @param specFile where that is written
/// @param classPath its class path
record ServiceLauncher(ServiceSpec spec, Path specFile, String classPath, JanitorProcess janitor) {

  /// Its JVM. What one that is killed leaves as temporary files is removed with the trial's
  /// directory.
  JavaCommand java() {
    return JavaCommand.ofClassPath(classPath)
        .withJvmArgs(spec.jvmArgs())
        .and(List.of("-Djava.io.tmpdir=" + spec.directory()));
  }

  /// Services of one model and one workload share an archive.
  String archivePart() {
    return spec.model().id() + ' ' + spec.workload();
  }

  /// Makes its archive, unless it is there.
  ///
  /// @return whether there is one now
  boolean prepare(StartArchive.Rehearsal rehearsal) throws IOException, InterruptedException {
    return java().prepare(FaultService.class, archivePart(), rehearsal);
  }

  /// Starts it. Its input is a pipe of this process: when that ends, so does it.
  Process start() throws IOException {
    return start(java().leanArchived(FaultService.class, archivePart()));
  }

  /// The same with this command.
  Process start(JavaCommand java) throws IOException {
    List<String> bounded =
        List.of(
            "sh", "-c", "ulimit -n %d; exec \"$@\"".formatted(ServiceSpec.MOST_DESCRIPTORS), "sh");
    List<String> command = java.command(FaultService.class.getName(), List.of(specFile.toString()));
    ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(spec.log().toFile());
    Process process =
        new ProcessBuilder(Stream.of(bounded, command).flatMap(List::stream).toList())
            .redirectOutput(log)
            .redirectError(log)
            .start();
    janitor.watchOver(process.pid());
    return process;
  }
}
