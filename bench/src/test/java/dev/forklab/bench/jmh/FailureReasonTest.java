package dev.forklab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.BenchmarkException;
import org.openjdk.jmh.runner.RunnerException;

class FailureReasonTest {

  private final RunnerException died =
      new RunnerException(
          "Benchmark caught the exception",
          new BenchmarkException(new IllegalStateException("Forked VM failed with exit code 137")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Error occurred during initialization of VM / Too small maximum heap             | Error occurred during initialization of VM: Too small maximum heap
          Picked up nothing / Invalid maximum heap size: -Xmx9x / Error: Could not create the Java Virtual Machine. / Error: A fatal exception has occurred. Program will exit. | Invalid maximum heap size: -Xmx9x
          Unrecognized VM option 'UseG2GC' / Did you mean '(+/-)UseG1GC'? / Error: Could not create the Java Virtual Machine. | Unrecognized VM option 'UseG2GC'
          java.lang.RuntimeException: later / Exception in thread "main" java.lang.OutOfMemoryError: Java heap space / at X.y(X.java:1) | java.lang.OutOfMemoryError: Java heap space
          Terminating due to java.lang.OutOfMemoryError: Metaspace                        | java.lang.OutOfMemoryError: Metaspace
          a line / # / # A fatal error has been detected by the Java Runtime Environment: / # / #  SIGSEGV (0xb) at pc=0x1, pid=2 | A fatal error has been detected by the Java Runtime Environment: SIGSEGV (0xb) at pc=0x1, pid=2
          a line / # There is insufficient memory for the Java Runtime Environment to continue. / # Native memory allocation (mmap) failed | There is insufficient memory for the Java Runtime Environment to continue. Native memory allocation (mmap) failed
          a line / Exception in thread "main" java.lang.NoClassDefFoundError: a/B / at X  | java.lang.NoClassDefFoundError: a/B
          a line of a workload                                                            | the trial's JVM ended with exit code 137
          """)
  void aJvmThatDiedIsQuoted(String printed, String reason) {
    assertThat(FailureReason.of(died, List.of(printed.split(" / ", -1)))).isEqualTo(reason);
  }

  @Test
  void anExceptionOfTheTrialIsGivenByItsCauseInOneLine() {
    Exception thrown =
        new IllegalStateException(
            "outer", new IllegalArgumentException("expected this,\nfound that"));
    RunnerException failed =
        new RunnerException(
            "Benchmark caught the exception",
            new BenchmarkException("Benchmark error", List.of(thrown)));
    assertThat(FailureReason.of(failed, List.of("java.lang.IllegalStateException: outer")))
        .isEqualTo("java.lang.IllegalArgumentException: expected this,");
  }
}
