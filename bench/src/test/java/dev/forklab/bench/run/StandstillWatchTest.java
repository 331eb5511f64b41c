package dev.forklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StandstillWatchTest {

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "stops a real process")
  void aProcessThatWasStoppedSaysSo() throws Exception {
    Process watched =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Watched.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = watched.inputReader()) {
      assertThat(out.readLine()).isEqualTo("watching");
      signal(watched, "STOP");
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
      signal(watched, "CONT");
      watched.outputWriter().append("\n").flush();
      assertThat(out.readLine())
          // Once more, if the machine stood still as well.
          .matches(
              "STANDSTILL: (for \\d+\\.\\d s,|\\d+ times, for \\d+\\.\\d s in all, first)"
                  + " \\d+\\.\\d s after the trial began");
    } finally {
      watched.destroyForcibly().waitFor();
    }
  }

  @Test
  void itsThreadEndsWithIt() {
    try (StandstillWatch _ = new StandstillWatch()) {
      assertThat(watchers()).isEqualTo(1);
    }
    assertThat(watchers()).isZero();
  }

  private static long watchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("standstill-watch"))
        .count();
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /// Watches until it is given a line.
  static final class Watched {

    private Watched() {}

    public static void main(String[] args) throws Exception {
      try (StandstillWatch watch = new StandstillWatch()) {
        System.out.println("watching");
        int read = System.in.read();
        String seen = watch.warning().map(it -> it.kind() + ": " + it.detail()).orElse("nothing");
        System.out.println(read < 0 ? "no line" : seen);
      }
    }
  }
}
