package dev.forklab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Other runtimes, with code and JSON libraries of their own, compute the same replies.
class ParityTest {

  private static final long PATIENCE_SECONDS = 120;
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void pythonComputesTheSameReplies() throws Exception {
    assertSameReplies("python3", List.of(Documents.NAME, Triad.NAME));
  }

  @Test
  void pythonSealsIntoTheSameBytes() throws Exception {
    Process cipher = start(new ProcessBuilder("python3", "-c", "import cryptography"), "python3");
    assumeTrue(
        cipher.waitFor() == 0,
        "skipped: no 'python3' with the package 'cryptography' to compare with");
    assertSameReplies("python3", List.of(Seal.NAME));
  }

  @Test
  void nodeComputesTheSameReplies() throws Exception {
    assertSameReplies("node", List.of(Seal.NAME, Documents.NAME, Triad.NAME));
  }

  private static void assertSameReplies(String runtime, List<String> workloads) throws Exception {
    List<String> requests = new ArrayList<>();
    List<String> replies = new ArrayList<>();
    for (Case one : cases(workloads)) {
      requests.add(one.workload + " " + one.iterations + " " + HEX.formatHex(one.message));
      TaskFunction function = new WorkloadSpec(one.workload, one.iterations).function();
      replies.add(HEX.formatHex(function.apply(one.message)));
    }
    assertThat(run(runtime, requests)).isEqualTo(replies);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Case(String workload, int iterations, byte[] message) {}

  private static List<Case> cases(List<String> workloads) {
    List<Case> cases = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (String workload : workloads) {
      for (int i = 0; i < 12; i++) {
        cases.add(new Case(workload, 1 + random.nextInt(80), message(random, random.nextInt(40))));
      }
      cases.add(new Case(workload, 3, message(random, 4096)));
      cases.add(new Case(workload, 2, message(random, 65_537)));
    }
    return cases;
  }

  private static byte[] message(SplittableRandom random, int bytes) {
    byte[] message = new byte[bytes];
    random.nextBytes(message);
    return message;
  }

  private static List<String> run(String runtime, List<String> requests) throws Exception {
    String script = runtime.equals("node") ? "replies.mjs" : "replies.py";
    Path file =
        Path.of(Objects.requireNonNull(ParityTest.class.getResource(script), script).toURI());
    ProcessBuilder builder =
        new ProcessBuilder(runtime, file.toString()).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = start(builder, runtime);
    process
        .onExit()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> {
          process.destroyForcibly();
          return process;
        });
    // From a thread of its own: replies of many bytes fill the pipe before all is asked.
    CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> ask(process, requests));
    try (var output = process.inputReader()) {
      List<String> replies = output.lines().toList();
      asked.join();
      return replies;
    }
  }

  private static void ask(Process process, List<String> requests) {
    try (var input = process.outputWriter()) {
      input.write(String.join("\n", requests) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process start(ProcessBuilder builder, String runtime) {
    try {
      return builder.start();
    } catch (IOException e) {
      assumeTrue(false, runtime + " is not here (" + e.getMessage() + "): skipped");
      throw new AssertionError(e);
    }
  }
}
