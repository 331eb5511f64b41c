package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.bench.runtime.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;

/// The lab as a process of its own, with its own temporary folder and so its own lock. All that it
/// has started is gone when this is closed.
final class LabProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path out;
  private final Path err;
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();

  private LabProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /// @param home an empty folder for what the lab writes and does not name
  static LabProcess start(Path home, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(
        home, ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()), environment, arguments);
  }

  /// With a standard input that stays open and never holds anything.
  static LabProcess withOpenInput(Path home, String... arguments) throws IOException {
    return start(home, ProcessBuilder.Redirect.PIPE, Map.of(), arguments);
  }

  private static LabProcess start(
      Path home,
      ProcessBuilder.Redirect input,
      Map<String, String> environment,
      String... arguments)
      throws IOException {
    Path temporary = Files.createDirectories(home.resolve("tmp"));
    // A shell that starts its jobs in the background has them ignore Ctrl-C, and they hand that on.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temporary));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Lab.class.getName()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(home, "out", ".txt");
    Path err = Files.createTempFile(home, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(input)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    JvmVariables.NAMES.forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    return new LabProcess(builder.start(), out, err);
  }

  static LabProcess start(Path home, String... arguments) throws IOException {
    return start(home, Map.of(), arguments);
  }

  ConditionFactory waiting() {
    return await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as("the lab lives; %s", err()).isTrue());
  }

  /// The processes below it, by now.
  Set<ProcessHandle> descendants() {
    process.descendants().forEach(seen::add);
    return seen;
  }

  /// Sends what the terminal sends on Ctrl-C, to this process alone.
  void interrupt() throws Exception {
    descendants();
    Process kill = new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  void kill() {
    descendants();
    process.destroyForcibly();
  }

  int exitCode() throws Exception {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s", this).isTrue();
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  void awaitDescendantsGone() {
    await().atMost(PATIENCE).until(() -> seen.stream().noneMatch(ProcessState::isRunning));
  }

  @Override
  public void close() {
    descendants();
    process.destroyForcibly();
    seen.forEach(ProcessHandle::destroyForcibly);
  }
}
