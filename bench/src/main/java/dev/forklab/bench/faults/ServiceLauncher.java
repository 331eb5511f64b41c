package dev.forklab.bench.faults;

import dev.forklab.fork.launch.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts the JVM of a service, as often as it is asked to.
///
/// @param spec what the service is to be
/// @param specFile where that is written
/// @param classPath its class path
record ServiceLauncher(ServiceSpec spec, Path specFile, String classPath, JanitorProcess janitor) {

  /// Starts it. Its input is a pipe of this process: when that ends, so does it.
  Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "sh", "-c", "ulimit -n %d; exec \"$@\"".formatted(ServiceSpec.MOST_DESCRIPTORS), "sh"));
    command.add(JavaCommand.ownJava().toString());
    command.addAll(spec.jvmArgs());
    // What a JVM that is killed leaves there is removed with the trial's directory.
    command.add("-Djava.io.tmpdir=" + spec.directory());
    command.addAll(List.of("-cp", classPath, FaultService.class.getName(), specFile.toString()));
    ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(spec.log().toFile());
    Process process = new ProcessBuilder(command).redirectOutput(log).redirectError(log).start();
    janitor.watchOver(process.pid());
    return process;
  }
}
