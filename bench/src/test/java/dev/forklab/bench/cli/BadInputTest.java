package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What cannot be done is said in one sentence (what was expected, what was found, where, what to
/// do), on the error stream, with the exit code that the README gives; nothing is measured and
/// nothing is left behind.
class BadInputTest {

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --cores 0         | expected --cores from 1 to 256, found 0
          --cores -3        | expected --cores from 1 to 256, found -3
          --cores 100000    | expected --cores from 1 to 256, found 100000
          --sizes 0         | expected --sizes from 1 B to 64 MiB, found 0 B
          --sizes 4KiB,0    | expected --sizes from 1 B to 64 MiB, found 0 B
          --sizes 10GiB     | expected --sizes from 1 B to 64 MiB, found 10 GiB
          --sizes 1TiB      | expected --sizes from 1 B to 64 MiB, found 1 TiB
          --sizes big       | expected a size such as 64, 4KiB or 1MiB, found 'big' in --sizes
          --sizes ,         | expected at least one size in --sizes, found none
          --task 0us        | expected --task from 1us to 1s, found 0 µs
          --task 1h         | expected --task from 1us to 1s, found 1 h
          --task 3          | expected a time such as 100us, 1ms, 30s or 7m25s, found '3' in --task
          --time 1s         | expected --time from 20 s to 168 h, found 1 s
          --time soon       | expected a time such as 100us, 1ms, 30s or 7m25s, found 'soon' in --time
          --heap x          | expected a size such as 64, 4KiB or 1MiB, found 'x' in --heap
          --models threds   | in --models, found 'threds'
          --models inline-control | in --models, found 'inline-control'
          --models jdk-fixed | expected at least one of fork, fork-binary, threads, virtual in --models, found none
          --gc cms          | expected a collector of serial, parallel, g1, z in --gc, found 'cms'
          --workload pi     | in --workload, found 'pi'
          """)
  void aValueThatCannotBeIsRefusedInOneSentence(String arguments, String sentence) {
    for (String command : List.of("plan", "bench")) {
      LabCall call = LabCall.of((command + " " + arguments).split(" ", -1));
      assertThat(call.err()).startsWith("lab: ").contains(sentence).hasLineCount(1);
      assertThat(call.out()).isEmpty();
      assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --faults exit,fire | expected a fault of none, exception, exit, oom,
          --faults exit,fire | in --faults, found 'fire'
          --models jdk-fixed | expected a model of fork, fork-binary, threads, virtual in --models, found 'jdk-fixed'
          --repeat 0         | expected --repeat from 1 to 1000, found 0
          --task 1s          | expected a task time from 100us to 50ms in --task, found '1s'
          --time soon        | expected a time such as 100us, 1ms, 30s or 7m25s, found 'soon' in --time
          --workload pi      | in --workload, found 'pi'
          """)
  void aRunOfFaultsThatCannotBeIsRefusedInOneSentence(String arguments, String sentence) {
    LabCall call = LabCall.of(("faults " + arguments).split(" ", -1));
    assertThat(call.err()).startsWith("lab: ").contains(sentence).hasLineCount(1);
    assertThat(call.out()).isEmpty();
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          benhc             | expected one of the commands bench, plan, | lab
          plan --frobnicate | expected an option of lab plan, found '--frobnicate' | lab plan
          plan extra        | expected nothing more, found 'extra' | lab plan
          plan --cores      | expected N after --cores, found nothing | lab plan
          plan --cores two  | expected a whole number in --cores, found 'two' | lab plan
          bench --seed x    | expected a whole number in --seed, found 'x' | lab bench
          report            | expected DIR, found nothing | lab report
          selftest --only x | expected one of | lab selftest
          """)
  void aCommandLineThatCannotBeReadIsRefusedWithWhereHelpIs(
      String arguments, String sentence, String help) {
    LabCall call = LabCall.of(arguments.split(" ", -1));
    assertThat(call.err())
        .startsWith("lab: ")
        .contains(sentence)
        .endsWith("Try '" + help + " --help'.\n");
    assertThat(call.out()).isEmpty();
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aMessageBeyondMemoryIsRefusedWithWhatToLower() {
    LabCall call = LabCall.of("plan", "--sizes", "64MiB", "--heap", "512MiB");
    assertThat(call.err())
        .startsWith("lab: messages of 64 MiB with 1 worker need about")
        .contains("found 512 MiB; lower --sizes or --cores, or raise --heap")
        .hasLineCount(1);
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aHeapBeyondMemoryIsRefused() {
    LabCall call = LabCall.of("plan", "--heap", "1000TiB");
    assertThat(call.err()).startsWith("lab: expected --heap of at most 80% of this machine's");
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aDirectoryWithSomethingInItIsNotWrittenTo() throws Exception {
    Files.writeString(directory.resolve("mine"), "precious");
    LabCall call = LabCall.of("bench", "--out", directory.toString());
    assertThat(call.err())
        .isEqualTo(
            "lab: expected a new or empty directory in --out, found something in "
                + directory
                + "; name another\n");
    assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
    assertThat(names()).containsExactly("mine");
  }

  @Test
  void aDirectoryWithARunInItIsNotWrittenToAndResumeIsNamed() throws Exception {
    Files.writeString(directory.resolve("run.json"), "{}");
    LabCall call = LabCall.of("bench", "--out", directory.toString());
    assertThat(call.err())
        .endsWith(
            "name another, or go on with the run in it: lab bench --resume " + directory + "\n")
        .hasLineCount(1);
    assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
  }

  @Test
  void aFileInPlaceOfADirectoryIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    for (Path out : List.of(file, file.resolve("below"))) {
      LabCall call = LabCall.of("bench", "--out", out.toString());
      assertThat(call.err()).startsWith("lab: expected a directory").contains("--out", "" + file);
      assertThat(call.err()).hasLineCount(1);
      assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
    }
    assertThat(names()).containsExactly("file");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a file system that refuses everybody")
  void aDirectoryThatCannotBeMadeIsRefused() {
    LabCall call = LabCall.of("bench", "--out", "/proc/forklab/run");
    assertThat(call.err())
        .startsWith(
            "lab: expected a directory that can be written in --out, found /proc/forklab/run")
        .endsWith("; name another\n")
        .hasLineCount(1);
    assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsRefused() throws Exception {
    Path locked = Files.createDirectory(directory.resolve("locked"));
    assertThat(locked.toFile().setWritable(false, false)).isTrue();
    assumeFalse(Files.isWritable(locked), "root may write anywhere");
    LabCall call = LabCall.of("bench", "--out", locked.toString());
    assertThat(call.err()).contains("(permission denied); name another").hasLineCount(1);
    assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
  }

  @Test
  void aReportOfWhatIsNoRunIsRefused() throws Exception {
    assertReportRefused("found no run.json in " + directory);
    Files.writeString(directory.resolve("run.json"), "{\"schema\": 99}");
    assertReportRefused("found format 99 in", "report it with the lab that measured it");
    Files.writeString(directory.resolve("run.json"), "not JSON");
    assertReportRefused("run.json", "the file is damaged");
    assertThat(names()).containsExactly("run.json");
  }

  @Test
  void whatIsNoRunIsNotResumed() {
    for (String command : List.of("bench", "selftest")) {
      LabCall call = LabCall.of(command, "--resume", directory.toString());
      assertThat(call.err()).startsWith("lab: ").contains("" + directory).hasLineCount(1);
      assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
    }
  }

  @ParameterizedTest
  @CsvSource({"--cores 2, --cores", "--seed 1 --quick, '--quick, --seed'", "--out other, --out"})
  void anOptionThatWouldChangeARunIsRefusedWhenItGoesOn(String options, String named) {
    LabCall call = LabCall.of(("bench --resume " + directory + " " + options).split(" ", -1));
    assertThat(call.err())
        .isEqualTo(
            "lab: expected --resume alone, since a run goes on with the plan it began with, found"
                + " also "
                + named
                + "; leave it out, or begin a new run\n");
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private void assertReportRefused(String... words) {
    LabCall call = LabCall.of("report", directory.toString());
    assertThat(call.err()).startsWith("lab: ").contains(words).hasLineCount(1);
    assertThat(call.out()).isEmpty();
    assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
