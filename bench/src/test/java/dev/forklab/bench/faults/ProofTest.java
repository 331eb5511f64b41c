package dev.forklab.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Fault;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A fault that left nothing did not happen.
class ProofTest {

  private static final Proof NOTHING = new Proof(0, List.of(), List.of(), List.of(), "", 0);

  /// What any fault might leave, all at once.
  private static final Proof EVERYTHING =
      new Proof(
          1L << 30,
          List.of(
              "TaskFailure$Threw: the task threw java.lang.IllegalStateException: "
                  + Misdeeds.WORDS,
              "java.lang.StackOverflowError",
              "java.lang.OutOfMemoryError: Java heap space",
              "Cannot reserve 1048576 bytes of direct buffer memory"),
          List.of(Misdeeds.EXIT_CODE, Misdeeds.HALT_CODE, Misdeeds.POISON_CODE),
          List.of("#  SIGSEGV (0xb) at pc=0x0"),
          "process 7 is gone after SIGKILL",
          1_000_000_000);

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void withoutEvidenceNothingHappened(Fault fault) {
    assertThat(NOTHING.of(fault)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void evidenceIsSaidInOneLine(Fault fault) {
    assertThat(EVERYTHING.of(fault))
        .hasValueSatisfying(words -> assertThat(words).isNotBlank().hasLineCount(1));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"EXIT", "HALT", "POISON", "SEGV", "EXCEPTION", "OOM", "STACK", "KILL", "STOP"})
  void aTaskThatWasLostIsNoEvidence(Fault fault) {
    Proof lost = new Proof(5, List.of("lost"), List.of(1, 137), List.of("something else"), "", 0);
    assertThat(lost.of(fault)).isEmpty();
  }
}
