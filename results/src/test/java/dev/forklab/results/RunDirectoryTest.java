package dev.forklab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.sample.SampleRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDirectoryTest {

  private static final Run RUN = SampleRuns.run(SampleRuns.MODELS);

  /// Longer than the reader's buffer.
  private static final String LONG = "x".repeat(20_000);

  @TempDir private Path path = Path.of("");

  private RunDirectory directory = new RunDirectory(path);

  @BeforeEach
  void open() {
    directory = new RunDirectory(path);
  }

  @Test
  void whatIsWrittenIsReadBackInTheOrderItWasWritten() throws Exception {
    directory.writeRun(RUN);
    directory.append(trial(1, null));
    directory.append(trial(0, LONG));
    assertThat(directory.readRun()).isEqualTo(RUN);
    assertThat(directory.readTrials()).containsExactly(trial(1, null), trial(0, LONG));
    assertThat(names()).containsExactlyInAnyOrder("run.json", "trials.jsonl");
  }

  @Test
  void aRunWithoutTrialsHasNone() throws Exception {
    directory.writeRun(RUN);
    assertThat(directory.readTrials()).isEmpty();
  }

  /// What a SIGKILL in the middle of an append leaves.
  @ParameterizedTest
  @CsvSource({"short", "long"})
  void aTornLastLineIsIgnoredAndReplacedByTheNextTrial(String length) throws Exception {
    String failure = length.equals("long") ? LONG : "killed";
    directory.append(trial(0, null));
    long whole = Files.size(trials());
    directory.append(trial(1, failure));
    long torn = Files.size(trials()) - 1;
    for (long size = torn; size > whole; size -= Math.max(1, (torn - whole) / 7)) {
      cut(size);
      assertThat(directory.readTrials()).containsExactly(trial(0, null));
    }
    cut(torn);
    directory.append(trial(2, null));
    assertThat(directory.readTrials()).containsExactly(trial(0, null), trial(2, null));
  }

  @Test
  void aTornOnlyLineIsReplacedAsWell() throws Exception {
    Files.writeString(trials(), "{\"schema\":3," + LONG);
    assertThat(directory.readTrials()).isEmpty();
    directory.append(trial(0, null));
    assertThat(directory.readTrials()).containsExactly(trial(0, null));
  }

  @Test
  void aCompleteLineThatIsDamagedIsRefusedWithItsPlace() throws Exception {
    directory.append(trial(0, null));
    Files.writeString(trials(), "{\"schema\":3, broken\n", StandardOpenOption.APPEND);
    assertThatThrownBy(directory::readTrials)
        .isInstanceOf(BrokenRunException.class)
        .hasMessageStartingWith("cannot read " + trials() + ", line 2: ")
        .hasMessageEndingWith("the file is damaged");
  }

  /// Lines are read side by side.
  @Test
  void ofManyDamagedLinesTheFirstIsNamed() throws Exception {
    directory.append(trial(0, null));
    Files.writeString(trials(), "{\"schema\":3, broken\n".repeat(1000), StandardOpenOption.APPEND);
    assertThatThrownBy(directory::readTrials).hasMessageContaining(trials() + ", line 2: ");
  }

  @Test
  void aTrialOfANewerLabIsRefusedWithWhatToDo() throws Exception {
    Files.writeString(trials(), "{\"schema\":4,\"more\":true}\n");
    assertThatThrownBy(directory::readTrials)
        .isInstanceOf(BrokenRunException.class)
        .hasMessage(
            "expected format 3, found format 4 in "
                + trials()
                + ", line 1; report it with the lab that measured it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"schema":99}            | expected format 3, found format 99
          {}                       | expected a record of a run, found none
          []                       | expected a record of a run, found none
          ''                       | the file is damaged
          {"schema":3              | the file is damaged
          {"schema":3,"plan":7}    | the file is damaged
          {"schema":3}             | the file is damaged
          """)
  void aRunFileThatIsNoneIsRefusedInOneSentence(String content, String sentence) throws Exception {
    Files.writeString(path.resolve("run.json"), content);
    assertThatThrownBy(directory::readRun)
        .isInstanceOf(BrokenRunException.class)
        .message()
        .contains(sentence, path.resolve("run.json").toString())
        .hasLineCount(1);
  }

  @Test
  void aTrialWithHalfItsFieldsIsRefusedInOneSentence() throws Exception {
    Files.writeString(trials(), "{\"schema\":3}\n");
    assertThatThrownBy(directory::readTrials)
        .isInstanceOf(BrokenRunException.class)
        .message()
        .contains("line 1", "the file is damaged")
        .hasLineCount(1);
  }

  @Test
  void aDirectoryWithoutARunIsRefusedWithWhatToGive() {
    assertThatThrownBy(directory::readRun)
        .isInstanceOf(BrokenRunException.class)
        .hasMessage(
            "expected a run directory, found no run.json in "
                + path
                + "; give the directory that lab bench printed");
  }

  /// Fields that a later lab of the same format adds.
  @Test
  void unknownFieldsAreIgnored() throws Exception {
    directory.writeRun(RUN);
    Path file = path.resolve("run.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\\{", "{ \"addedLater\": [1, 2],"));
    assertThat(directory.readRun()).isEqualTo(RUN);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a file system of a few KiB: tmpfs")
  void aFullDiskKeepsEarlierTrialsAndTakesTheHalfWrittenOneBack() throws Exception {
    Path full = path.resolve("full");
    Files.createDirectory(full);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", full.toString()),
        "expected to be allowed to mount a tmpfs, was not");
    try {
      RunDirectory small = new RunDirectory(full);
      small.append(trial(0, null));
      long whole = Files.size(full.resolve("trials.jsonl"));
      assertThatThrownBy(() -> small.append(trial(1, LONG)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left on device");
      assertThat(full.resolve("trials.jsonl")).hasSize(whole);
      assertThatThrownBy(() -> small.writeRun(RUN)).isInstanceOf(IOException.class);
      assertThat(full.resolve("run.json.tmp")).doesNotExist();
      small.append(trial(2, null));
      assertThat(small.readTrials()).containsExactly(trial(0, null), trial(2, null));
    } finally {
      assertThat(run("umount", full.toString())).isTrue();
    }
  }

  private Path trials() {
    return path.resolve("trials.jsonl");
  }

  private void cut(long size) throws IOException {
    try (var file = Files.newByteChannel(trials(), StandardOpenOption.WRITE)) {
      file.truncate(size);
    }
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Trial trial(int index, @Nullable String failure) {
    PlannedTrial planned = RUN.plan().trials().get(index);
    HostCounters counters = new HostCounters(0, 0, 0, 0, 0, 0, 0, 0);
    return new Trial(
        RunDirectory.SCHEMA,
        planned,
        0,
        1,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        counters,
        counters,
        List.of(),
        List.of(),
        failure);
  }
}
