package dev.forklab.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "there is no /proc")
class ProcessStateTest {

  @Test
  void whatHasEndedDoesNotRunThoughNobodyWaitsForIt() throws Exception {
    // A stopped parent waits for nobody.
    Process negligent =
        new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; kill -STOP $$").start();
    try (BufferedReader out = negligent.inputReader()) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      await().until(() -> ProcessState.isStopped(negligent.pid()));
      assertThat(ProcessState.isRunning(child)).isTrue();

      child.destroyForcibly();
      await().until(() -> !ProcessState.isRunning(child));

      assertThat(child.isAlive()).as("a zombie is alive to the JDK").isTrue();
    } finally {
      negligent.descendants().forEach(ProcessHandle::destroyForcibly);
      negligent.destroyForcibly();
    }
  }

  @Test
  void aProcessThatThereIsNotDoesNotRun() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();

    assertThat(ProcessState.isRunning(process.toHandle())).isFalse();
    assertThat(ProcessState.isStopped(process.pid())).isFalse();
  }
}
