package dev.forklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.cli.UserJar;
import dev.forklab.bench.jmh.ExtraFlags;
import dev.forklab.reports.analysis.Spending;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Plan.Reserve;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import dev.forklab.results.Warning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunExecutorTest {

  /// Ends its JVM, once: a JVM of a trial that finds no mark leaves one and is gone.
  private static final String DIES_ONCE =
      """
      import dev.forklab.workload.Workload;
      import java.nio.file.Files;
      import java.nio.file.Path;
      public class DiesOnce implements Workload {
        public byte[] apply(byte[] message, int iterations) throws Exception {
          Path mark = Path.of("MARK");
          if (!Files.exists(mark)) {
            Files.createFile(mark);
            Runtime.getRuntime().halt(9);
          }
          return message.clone();
        }
      }
      """;

  @TempDir private Path path = Path.of("");

  @Test
  void aTrialWhoseJvmDiesIsRecordedAsFailedAndTheRunGoesOn() throws Exception {
    Path jar =
        UserJar.of(
            path,
            "DiesOnce",
            DIES_ONCE.replace("MARK", "" + path.resolve("mark").toAbsolutePath()));
    RunDirectory directory = new RunDirectory(Files.createDirectory(path.resolve("run")));
    try (WorkloadJars jars = WorkloadJars.open(List.of(jar))) {
      Run run = TinyRun.of(2, "DiesOnce", jars.recorded());
      Notes notes = new Notes(directory);
      assertThat(new RunExecutor(run, directory, notes).execute()).isTrue();

      Trial failed = directory.readTrials().getFirst();
      assertThat(failed.failure()).isNotNull();
      assertThat(failed.warnings()).extracting(Warning::kind).contains(Warning.Kind.TRIAL_FAILED);
      assertThat(failed.slices()).isEmpty();
      assertThat(directory.readTrials()).hasSize(2);
      assertThat(directory.readTrials().getLast().failure()).isNull();
      assertThat(RunExecutor.done(directory)).containsExactly(1);

      // What failed is run again when the run goes on, and only that.
      Notes again = new Notes(directory);
      assertThat(new RunExecutor(run, directory, again).execute()).isTrue();
      assertThat(again.started).containsExactly(0);
      assertThat(again.prepared)
          .as("in the first session")
          .containsExactly(Spending.preparation(run, directory.readTrials(), 0));
      assertThat(RunExecutor.done(directory)).containsExactlyInAnyOrder(0, 1);
      assertThat(directory.file("jmh-result.json")).content().contains("\"primaryMetric\"");
    }
  }

  @Test
  void eachResultIsOnDiskBeforeTheNextTrialBegins() throws Exception {
    RunDirectory directory = new RunDirectory(path);
    Notes notes = new Notes(directory);
    ExtraFlags unknown = new ExtraFlags(List.of("-XX:+NoSuchFlag"), List.of());
    assertThat(new RunExecutor(TinyRun.of(3), directory, notes, unknown).execute()).isTrue();
    assertThat(notes.prepared).hasSize(1);
    assertThat(notes.started).containsExactly(0, 1, 2);
    assertThat(notes.onDiskAtStart).containsExactly(0, 1, 2);
    assertThat(notes.onDiskAtEnd).containsExactly(1, 2, 3);
    assertThat(directory.readTrials())
        .allSatisfy(trial -> {
          assertThat(trial.failure())
              .startsWith("Unrecognized VM option 'NoSuchFlag'\n")
              .contains("Error: Could not create the Java Virtual Machine.", "exit code 1");
          assertThat(trial.warnings())
              .contains(
                  new Warning(Warning.Kind.TRIAL_FAILED, "Unrecognized VM option 'NoSuchFlag'"));
        });
  }

  /// Stopped after its first chosen trial, then gone on with: each session chooses what comes next.
  @Test
  void afterItsPlanARunSpendsItsReserveAndGoesOnWithThatWhenResumed() throws Exception {
    RunDirectory directory = new RunDirectory(path);
    Run run = TinyRun.comparing(1, new Reserve(Long.MAX_VALUE));

    assertThat(executeUntil(run, directory, 1)).isFalse();
    assertThat(executeUntil(run, directory, 2)).isFalse();

    assertThat(directory.readTrials())
        .allSatisfy(trial -> {
          assertThat(trial.failure()).isNull();
          assertThat(trial.planned().kind()).isEqualTo(TrialKind.THROUGHPUT);
          assertThat(trial.planned().cell()).isEqualTo(run.plan().cells().getFirst());
        })
        .extracting(trial -> trial.planned().index())
        .containsExactly(0, 1, 2);
    assertThat(directory.readTrials())
        .extracting(trial -> trial.planned().seed())
        .doesNotHaveDuplicates();
  }

  /// Stops the run once the trial of this index is on disk.
  private static boolean executeUntil(Run run, RunDirectory directory, int last) throws Exception {
    CompletableFuture<RunExecutor> executor = new CompletableFuture<>();
    CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    RunListener stopping =
        new RunListener() {
          @Override
          public void started(PlannedTrial trial) {}

          @Override
          public void progress(PlannedTrial trial, int slicesDone, int slices) {}

          @Override
          public void finished(Trial trial) {
            if (trial.planned().index() == last) {
              Thread.startVirtualThread(
                  () -> stopped.complete(executor.join().stop(Duration.ofMinutes(1))));
            }
          }
        };
    executor.complete(new RunExecutor(run, directory, stopping));
    boolean whole = executor.join().execute();
    assertThat(stopped.get(1, TimeUnit.MINUTES)).isTrue();
    return whole;
  }

  /// The first one twice, since it shows whether the plan is off; later ones, three in all.
  @Test
  void aTrialThatIsOffItsPlanIsStartedAnewWhileThereIsTime() throws Exception {
    RunDirectory timeless = new RunDirectory(Files.createDirectory(path.resolve("timeless")));
    RunDirectory late = new RunDirectory(Files.createDirectory(path.resolve("late")));

    assertThat(startedAnew(TinyRun.offItsPlan(2, null), timeless)).containsExactly(0, 0, 1);
    assertThat(startedAnew(TinyRun.offItsPlan(2, new Reserve(1)), late)).containsExactly(0, 0);
  }

  private static List<Integer> startedAnew(Run run, RunDirectory directory) throws Exception {
    Notes notes = new Notes(directory);
    assertThat(new RunExecutor(run, directory, notes).execute()).isTrue();
    return notes.anew;
  }

  @Test
  void aJvmWithAnotherHeapThanThePlansFailsItsTrialWhateverItsKind() throws Exception {
    Path options = Files.writeString(path.resolve("options"), "-Xmx64m");
    List<String> other = List.of("-XX:VMOptionsFile=" + options.toAbsolutePath());
    RunDirectory parent = new RunDirectory(Files.createDirectory(path.resolve("parent")));
    RunDirectory worker = new RunDirectory(Files.createDirectory(path.resolve("worker")));

    ExtraFlags ofParent = new ExtraFlags(other, List.of());
    new RunExecutor(TinyRun.of(2), parent, new Notes(parent), ofParent).execute();
    ExtraFlags ofWorkers = new ExtraFlags(List.of(), other);
    new RunExecutor(TinyRun.of(1), worker, new Notes(worker), ofWorkers).execute();

    assertThat(parent.readTrials())
        .hasSize(2)
        .allSatisfy(trial ->
            assertThat(trial.failure())
                .startsWith("expected a heap of 256 MiB in the trial's own JVM, found 6"));
    assertThat(worker.readTrials())
        .singleElement()
        .satisfies(trial ->
            assertThat(trial.failure())
                .startsWith("expected a heap of 128 MiB in a forked worker's JVM, found 6"));
  }

  /// What was on disk when.
  private static final class Notes implements RunListener {

    final List<Duration> prepared = new ArrayList<>();
    final List<Integer> anew = new ArrayList<>();
    final List<Integer> started = new ArrayList<>();
    final List<Integer> onDiskAtStart = new ArrayList<>();
    final List<Integer> onDiskAtEnd = new ArrayList<>();
    private final RunDirectory directory;

    Notes(RunDirectory directory) {
      this.directory = directory;
    }

    @Override
    public void prepared(Duration took) {
      prepared.add(took);
    }

    @Override
    public void startedAnew(PlannedTrial trial, String reason) {
      anew.add(trial.index());
    }

    @Override
    public void started(PlannedTrial trial) {
      started.add(trial.index());
      onDiskAtStart.add(directory.readTrials().size());
    }

    @Override
    public void progress(PlannedTrial trial, int slicesDone, int slices) {
      assertThat(slicesDone).isBetween(1, slices);
    }

    @Override
    public void finished(Trial trial) {
      onDiskAtEnd.add(directory.readTrials().size());
    }
  }
}
