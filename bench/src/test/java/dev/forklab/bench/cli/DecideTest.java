package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.bench.plan.BadRequestException;
import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.run.TinyRun;
import dev.forklab.results.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `lab decide`, asked about the sample run, which is one that the lab measured.
class DecideTest {

  private static final String SAMPLE = Path.of("..", "reports", "sample").toString();

  @TempDir private Path temporary = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          decide-base.txt      | --need none
          decide-isolation.txt | --need isolation,kill --memory 2g --latency p99=20ms
          decide-predicted.txt | --message 16KiB --task 2ms --rate 500/s --latency p99=20ms
          decide-none.txt      | --need isolation,shared-state
          """)
  void theAnswerReadsAsItDidAndFitsALine(String golden, String options) throws Exception {
    LabCall call = decide(options.split(" ", -1));
    assertThat(call.err()).isEmpty();
    assertThat(call.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(call.out().lines()).allMatch(line -> line.length() <= 80);
    Golden.assertMatches(golden, call.out());
  }

  @Test
  void theJsonReadsAsItDid() throws Exception {
    LabCall call = decide("--json", "--need", "isolation");
    assertThat(call.err()).isEmpty();
    Golden.assertMatches("decide.json", call.out());
  }

  @Test
  void theRecordReadsAsItDid() throws Exception {
    Path record = temporary.resolve("new/0001-processes.md");
    LabCall call = decide("--adr", record.toString(), "--by", "Ada", "--need", "isolation");
    assertThat(call.err()).isEmpty();
    assertThat(call.out()).endsWith("decision record: " + record + "\n");
    String text = Files.readString(record);
    assertThat(text).contains("date: " + LocalDate.now(ZoneId.systemDefault()));
    Golden.assertMatches(
        "decide-adr.md",
        text.replaceFirst("date: .*", "date: …").replaceAll("\\]\\(.*/sample/", "](…/sample/"));
  }

  @Test
  void theLinksOfARecordLeadToTheRun() throws Exception {
    Path run = Files.createDirectories(temporary.resolve("a (strange) run"));
    for (String name : List.of(RunDirectory.RUN_FILE, RunDirectory.TRIALS_FILE)) {
      Files.copy(Path.of(SAMPLE, name), run.resolve(name));
    }
    Path record = temporary.resolve("adr/1.md");
    LabCall call = LabCall.of("decide", run.toString(), "--adr", record.toString());
    assertThat(call.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(Files.readString(record))
        .contains(
            "](../a%20%28strange%29%20run/run.json)", "](../a%20%28strange%29%20run/trials.jsonl)")
        .doesNotContain("report.html");
  }

  @Test
  void aProposedRecordIsReplacedAndAnAcceptedOneIsNot() throws Exception {
    Path record = temporary.resolve("adr.md");
    assertThat(decide("--adr", record.toString()).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(decide("--adr", record.toString()).exitCode()).isEqualTo(ExitCode.OK);
    String accepted = Files.readString(record).replace("status: proposed", "status: accepted");
    Files.writeString(record, accepted);
    assertRecordRefused(record, "found a record that is no longer proposed in ");
    assertThat(record).hasContent(accepted);
  }

  @Test
  void whatIsNoRecordStays() throws Exception {
    Path mine = Files.writeString(temporary.resolve("mine.md"), "# Precious\n");
    assertRecordRefused(mine, "found another file in ");
    assertThat(mine).hasContent("# Precious\n");
    assertRecordRefused(temporary, "found a directory in ");
    Path link = Files.createSymbolicLink(temporary.resolve("link.md"), mine);
    assertRecordRefused(link, "found a link in ");
  }

  private static void assertRecordRefused(Path record, String found) {
    LabCall call = decide("--adr", record.toString());
    assertThat(call.err())
        .startsWith(
            "lab: expected a new file in --adr, or a proposed record that lab decide wrote, ")
        .contains(found + record + "; name another")
        .hasLineCount(1);
    assertThat(call.out()).isEmpty();
    assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --cores 0         | expected a whole number from 1 to 256, found '0' in --cores
          --cores many      | expected a whole number from 1 to 256, found 'many' in --cores
          --cores 64        | expected at most 2 cores, the CPUs of the machine that was measured, found 64
          --task 2          | expected a time such as 100us, 1ms, 30s or 7m25s, found '2' in --task
          --task 1h         | expected a task time from 1us to 1s, found '1h' in --task
          --message 0       | expected a message size from 1 B to 64 MiB, found '0' in --message
          --message 64MiB   | expected work that this run measured or can predict, found
          --rate 0          | expected a rate such as 3000/s, found '0' in --rate
          --rate fast       | expected a rate such as 3000/s, found 'fast' in --rate
          --memory x        | expected a size such as 64, 4KiB or 1MiB, found 'x' in --memory
          --latency 20ms    | expected a bound of p50, p90 or p99 such as p99=20ms, found '20ms' in --latency
          --latency p95=1ms | expected a bound of p50, p90 or p99 such as p99=20ms, found 'p95=1ms' in --latency
          --need speed      | expected a need of isolation, kill, leak-proof, shared-state, found 'speed' in --need
          """)
  void whatCannotBeAnsweredIsRefusedInOneSentence(String options, String sentence) {
    LabCall call = decide(options.split(" ", -1));
    assertThat(call.err()).startsWith("lab: ").contains(sentence).hasLineCount(1);
    assertThat(call.out()).isEmpty();
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aDirectoryWithoutARunIsAProblemOfFiles() {
    LabCall call = LabCall.of("decide", temporary.toString());
    assertThat(call.err()).contains("found no run.json").hasLineCount(1);
    assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
  }

  @Test
  void aRunOfAnotherFormatIsRefused() throws Exception {
    Files.writeString(temporary.resolve("run.json"), "{\"schema\": 2}");
    LabCall call = LabCall.of("decide", temporary.toString());
    assertThat(call.err()).contains("found format 2").hasLineCount(1);
    assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
  }

  @Test
  void aRunWithoutResultsIsRefused() throws Exception {
    new RunDirectory(temporary).writeRun(TinyRun.of(2));
    LabCall call = LabCall.of("decide", temporary.toString());
    assertThat(call.err()).startsWith("lab: expected a run with results of throughput, found none");
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  /// Its standard input stays open and silent: who waits for it waits forever.
  @Test
  void aPipeIsNeverWaitedFor() throws Exception {
    try (LabProcess lab =
        LabProcess.withOpenInput(
            temporary, "decide", Path.of(SAMPLE).toAbsolutePath().toString())) {
      assertThat(lab.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(lab.out()).startsWith("For ").doesNotContain("]: ");
    }
  }

  @Test
  void whatIsNotGivenIsAskedForWithItsDefaultShown() {
    Deque<String> answers = new ArrayDeque<>(List.of("", "500us"));
    List<String> prompts = new ArrayList<>();
    Asker asker =
        new Asker(prompt -> {
          prompts.add(prompt);
          return answers.poll();
        });
    assertThat(asker.<Integer>ask("Cores", "2", Integer::valueOf)).isEqualTo(2);
    assertThat(asker.ask("CPU time of a task", "1ms", Notation::time)).hasNanos(500_000);
    assertThat(asker.ask("Size of a message", "4KiB", Notation::bytes)).isEqualTo(4096);
    assertThat(asker.ask("Tasks per second", "10", Notation::rate)).isEqualTo(10);
    assertThat(prompts)
        .as("the input has ended with the third, so there is no fourth")
        .containsExactly("Cores [2]: ", "CPU time of a task [1ms]: ", "Size of a message [4KiB]: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anAnswerThatCannotBeReadIsAskedForAgainButNotForever(int bad) {
    Deque<String> answers = new ArrayDeque<>();
    for (int i = 0; i < bad; i++) {
      answers.add("soon");
    }
    answers.add("3ms");
    List<String> prompts = new ArrayList<>();
    Asker asker =
        new Asker(prompt -> {
          prompts.add(prompt);
          return answers.poll();
        });
    if (bad < Asker.MOST_TRIES) {
      assertThat(asker.ask("Task", "1ms", Notation::time)).hasMillis(3);
      assertThat(prompts).hasSize(bad + 1);
      assertThat(prompts.getLast())
          .startsWith("expected a time such as ")
          .endsWith("\nTask [1ms]: ");
    } else {
      assertThatThrownBy(() -> asker.ask("Task", "1ms", Notation::time))
          .isInstanceOf(BadRequestException.class);
    }
  }

  private static LabCall decide(String... options) {
    List<String> arguments = new ArrayList<>(List.of("decide", SAMPLE));
    arguments.addAll(Arrays.asList(options));
    return LabCall.of(arguments.toArray(String[]::new));
  }
}
