package dev.forklab.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.fork.pool.TaskFailure;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real faults on real services. How long anything takes decides nothing.
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc, sends signals as Linux does")
class FaultTrialTest {

  private static final int ANY_START = 0;
  private static final int ATTEMPTS = 5;

  private Path scratch = Path.of("");

  @BeforeEach
  void nothingRuns() {
    assertThat(services()).isEmpty();
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(scratch).doesNotExist();
    assertThat(services()).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("faults-"));
  }

  /// Processes of services, and of their workers: both are told where crash reports go. (What comes
  /// after the class path, the system does not show of a long command line.)
  private List<ProcessHandle> services() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains("crash-%p.log"))
        .toList();
  }

  /// On a busy machine a task may reach its time limit before what it does has happened, as an
  /// exhausted heap: such a trial has no result and says so, and another is run.
  private FaultTrial trial(Fault fault, Model model, Way way) throws Exception {
    FaultTrial trial = oneTrial(fault, model, way);
    for (int i = 1; i < ATTEMPTS && wasTooSlow(trial); i++) {
      trial = oneTrial(fault, model, way);
    }
    return trial;
  }

  private static boolean wasTooSlow(FaultTrial trial) {
    String failure = trial.failure();
    return failure != null && failure.contains(TaskFailure.TimedOut.class.getName());
  }

  private FaultTrial oneTrial(Fault fault, Model model, Way way) throws Exception {
    FaultPlan plan = FaultPlans.of(List.of(fault), List.of(model));
    try (JanitorProcess janitor = JanitorProcess.start()) {
      scratch = janitor.directory();
      FaultTrial trial =
          new FaultTrialRunner(plan, System.getProperty("java.class.path"), janitor, ANY_START)
              .run(new PlannedFault(0, fault, model, way, 5));
      assertThat(scratch).isEmptyDirectory();
      return trial;
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          EXIT      | exited with code 42
          KILL      | is gone after SIGKILL
          STOP      | stands still after SIGSTOP
          SEGV      | SIGSEGV
          OOM       | OutOfMemoryError
          LOOP      | it has looped
          """,
      delimiter = '|')
  void aForkedWorkersFaultLeavesEvidenceAndTheServiceLives(Fault fault, String evidence)
      throws Exception {
    FaultTrial trial = trial(fault, Model.FORK, Way.PRODUCTION);
    assertThat(trial.failure()).isNull();
    assertThat(trial.evidence()).contains(evidence);
    assertThat(trial.counts().submitted()).isPositive();
    assertThat(trial.lifecycle().alive()).isTrue();
    assertThat(trial.lifecycle().serviceDeaths()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          EXIT | service exited with code 42
          OOM  | OutOfMemoryError
          """,
      delimiter = '|')
  void whatEndsTheServiceOfThreadsIsMadeGoodByItsSupervisor(Fault fault, String evidence)
      throws Exception {
    FaultTrial trial = trial(fault, Model.THREADS, Way.PRODUCTION);
    assertThat(trial.failure()).isNull();
    assertThat(trial.evidence()).contains(evidence);
    assertThat(trial.lifecycle().serviceDeaths()).isPositive();
    assertThat(trial.lifecycle().serviceStarts()).isPositive();
    assertThat(trial.counts().lost()).isPositive();
  }

  @Test
  void whatNobodySupervisesStaysDead() throws Exception {
    FaultTrial trial = trial(Fault.HALT, Model.VIRTUAL, Way.NAIVE);
    assertThat(trial.failure()).isNull();
    assertThat(trial.evidence()).contains("exited with code 43");
    assertThat(trial.lifecycle().alive()).isFalse();
    assertThat(trial.lifecycle().serviceStarts()).isZero();
    assertThat(trial.recoveredNanos()).isEqualTo(FaultTrial.NEVER);
    assertThat(trial.after()).isEqualTo(FaultTrial.Held.NOTHING);
  }

  @Test
  void corruptedStateMakesWrongRepliesThatAreCounted() throws Exception {
    FaultTrial trial = trial(Fault.STATIC, Model.THREADS, Way.PRODUCTION);
    assertThat(trial.failure()).isNull();
    assertThat(trial.counts().wrong()).isPositive();
  }

  @Test
  void aServiceThatDoesNotStartIsAFailedTrialWithItsLastWords() throws Exception {
    FaultPlan plan = FaultPlans.of(List.of(Fault.NONE), List.of(Model.THREADS));
    try (JanitorProcess janitor = JanitorProcess.start()) {
      scratch = janitor.directory();
      FaultTrial trial =
          new FaultTrialRunner(plan, "nowhere.jar", janitor)
              .run(new PlannedFault(0, Fault.NONE, Model.THREADS, Way.NAIVE, 5));
      assertThat(trial.failure()).contains("expected the service to start");
    }
  }
}
