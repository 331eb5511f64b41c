package dev.forklab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Other runtimes, with code and JSON libraries of their own, compute the same replies.
class ParityTest {

  private static final long PATIENCE_SECONDS = 120;
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void pythonComputesTheSameReplies() throws Exception {
    assertSameReplies("python3", "replies.py");
  }

  @Test
  void nodeComputesTheSameReplies() throws Exception {
    assertSameReplies("node", "replies.mjs");
  }

  private static void assertSameReplies(String runtime, String script) throws Exception {
    List<String> requests = new ArrayList<>();
    List<String> replies = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (String workload : List.of(Documents.NAME, Triad.NAME)) {
      for (int i = 0; i < 12; i++) {
        byte[] message = new byte[random.nextInt(40)];
        random.nextBytes(message);
        WorkloadSpec spec = new WorkloadSpec(workload, 1 + random.nextInt(80));
        requests.add(workload + " " + spec.iterations() + " " + HEX.formatHex(message));
        replies.add(HEX.formatHex(spec.kernel().apply(message)));
      }
    }
    assertThat(run(runtime, script, requests)).isEqualTo(replies);
  }

  private static List<String> run(String runtime, String script, List<String> requests)
      throws Exception {
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
    try (var input = process.outputWriter()) {
      input.write(String.join("\n", requests) + "\n");
    }
    try (var output = process.inputReader()) {
      return output.lines().toList();
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
