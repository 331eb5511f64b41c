package com.acme.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Each example is started as its reader would start it, and prints what it says it does.
@Timeout(120)
class ExamplesTest {

  private static List<String> output(Class<?> example) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                example.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as("%s", lines).isZero();
    return lines;
  }

  @Test
  void talkAsksAndIsAnswered() throws Exception {
    assertThat(output(Talk.class))
        .containsExactly("6 times 7 is 42", "the child ended with 0", "closed");
  }

  @Test
  void bigDataPassesThroughASmallHeap() throws Exception {
    assertThat(output(BigData.class)).containsExactly("64 MiB became less than 1 MiB: true");
  }

  @Test
  void aPoolRepliesInTheOrderAsked() throws Exception {
    assertThat(output(Pool.class))
        .hasSize(7)
        .startsWith("next prime: 1031", "next prime: 1048583")
        .endsWith("tasks done: 6");
  }

  @Test
  void progressIsHeardAndAnEndlessTaskCancelled() throws Exception {
    assertThat(output(Progress.class))
        .containsExactly("step 1", "step 2", "step 3", "all steps done", "cancelled: 1");
  }

  @Test
  void supervisionNamesWhatHappened() throws Exception {
    assertThat(output(Supervision.class))
        .containsExactly(
            "crash: it exited with code 42",
            "loop: the task ran longer than its limit of 500 ms",
            "fine: done",
            "deaths: 1, timed out: 1");
  }

  @Test
  void aWebServiceIsReloadedWhileItAnswers() throws Exception {
    assertThat(output(WebService.class))
        .containsExactly(
            "all requests answered while every worker was replaced: true", "workers now: [3, 4]");
  }
}
