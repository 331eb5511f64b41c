package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Host;
import dev.forklab.results.sample.SampleRuns;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lab compare` of runs that differ, from directories to texts, pictures and exit codes.
class ChangeTest {

  @TempDir private Path temporary = Path.of("");

  private String before = "";
  private String same = "";
  private String slower = "";

  @BeforeEach
  void writeRuns() throws Exception {
    before = MadeRun.of("1.0+aaaaaaa", 1, 0.40).write(temporary.resolve("before")).toString();
    same = MadeRun.of("1.0+bbbbbbb", 2, 0.40).write(temporary.resolve("same")).toString();
    slower = MadeRun.of("1.0+ccccccc", 3, 0.34).write(temporary.resolve("slower")).toString();
  }

  @Test
  void whatChangedFromOneCommitToAnotherReadsAsItDid() throws Exception {
    Path markdown = temporary.resolve("change.md");
    LabCall call = LabCall.of("compare", before, slower, "--all", "--markdown", "" + markdown);
    assertThat(call.err()).isEmpty();
    assertThat(call.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(call.out().lines().filter(line -> !line.contains(temporary.toString())))
        .allMatch(line -> line.length() <= 80);
    Golden.assertMatches("change.txt", named(call.out()));
    Golden.assertMatches("change.md", named(Files.readString(markdown)));
  }

  private String named(String text) {
    return text.replace(temporary.toString(), "runs");
  }

  @Test
  void theFirstLineIsTheAnswer() {
    LabCall call = LabCall.of("compare", before, slower);
    assertThat(call.out())
        .startsWith("1 of 5 comparisons changed: fork at 1 MiB 15% slower (")
        .contains("lab: 1.0+aaaaaaa -> 1.0+ccccccc");
    assertThat(LabCall.of("compare", before, same).out())
        .startsWith("0 of 5 comparisons changed (");
  }

  @Test
  void runsOfOneBuildAgreeOrNotUnlessChangesAreAskedFor() throws Exception {
    String again = MadeRun.of("1.0+aaaaaaa", 4, 0.40).write(temporary.resolve("again")).toString();
    assertThat(LabCall.of("compare", before, again).out()).startsWith("1 pair of runs, ");
    assertThat(LabCall.of("compare", before, again, "--fail-on", "5%").out())
        .startsWith("0 of 5 comparisons changed")
        .contains("what differs: nothing that the lab knows of");
  }

  @Test
  void severalRunsAreEachComparedWithTheFirst() {
    LabCall call = LabCall.of("compare", before, same, slower, "--fail-on", "5%");
    assertThat(call.out().lines().filter(line -> line.contains("comparisons changed"))).hasSize(2);
    assertThat(call.exitCode()).isEqualTo(ExitCode.WORSE);
  }

  @Test
  void theGateShutsOnlyIfTheWholeIntervalIsBeyondIt() {
    assertThat(LabCall.of("compare", before, slower, "--fail-on", "5%"))
        .satisfies(call -> {
          assertThat(call.exitCode()).isEqualTo(8);
          assertThat(call.out().replace('\n', ' '))
              .contains("fail-on 5%: failed; 1 of 5 comparisons are certainly worse by more than");
        });
    assertThat(LabCall.of("compare", before, slower, "--fail-on", "20%").exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(LabCall.of("compare", before, same, "--fail-on", "5%").exitCode())
        .isEqualTo(ExitCode.OK);
    assertThat(LabCall.of("compare", slower, before, "--fail-on", "5%").exitCode())
        .as("a change for the better")
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void aGateThatIsNoShareIsRefusedBeforeAnythingIsRead() {
    LabCall call = LabCall.of("compare", "/nonexistent/a", "/nonexistent/b", "--fail-on", "much");
    assertThat(call.err())
        .isEqualTo("lab: expected a share such as 2% or 0.5%, found 'much' in --fail-on\n");
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aGateWithNothingToJudgeIsNotOpen() throws Exception {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    Files.copy(Path.of(same, "run.json"), empty.resolve("run.json"));
    LabCall call = LabCall.of("compare", before, empty.toString(), "--fail-on", "5%");
    assertThat(call.err())
        .startsWith("lab: expected numbers in both runs for --fail-on to judge, found none");
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void thePictureIsDrawn() throws Exception {
    Path png = temporary.resolve("change.png");
    LabCall call = LabCall.of("compare", before, slower, "--chart", png.toString());
    assertThat(call.out()).endsWith("chart: " + png + "\n");
    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isGreaterThan(1000);
  }

  @Test
  void aPictureIsOfTwoRuns() {
    LabCall call = LabCall.of("compare", before, same, slower, "--chart", "x.png");
    assertThat(call.err()).startsWith("lab: expected two runs with --chart, found 3;");
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aFileThatCannotBeWrittenIsAProblemOfFiles() {
    LabCall call =
        LabCall.of("compare", before, slower, "--markdown", temporary + "/nowhere/change.md");
    assertThat(call.err()).startsWith("lab: cannot use ").hasLineCount(1);
    assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
  }

  @Test
  void onAnotherMachineTheRatiosRemain() throws Exception {
    Host host = SampleRuns.host();
    Host other = new Host(host.os(), "Another CPU", 2, 8L << 30, "26", Map.of(), List.of());
    Path elsewhere =
        new MadeRun("1.0+aaaaaaa", other, 5, 0.40).write(temporary.resolve("elsewhere"));
    LabCall call = LabCall.of("compare", before, elsewhere.toString());
    assertThat(call.out())
        .contains("machine: Intel(R) Xeon(R) CPU @ 2.80GHz, 2 CPUs -> Another CPU, 2 CPUs")
        .contains("The machines differ, so absolute numbers are not compared")
        .doesNotContain("memory ");
  }

  @Test
  void namesThatWouldCommandATerminalOrBecomeMarkupDoNot() throws Exception {
    Host host = SampleRuns.host();
    Host hostile =
        new Host(
            "<script>alert(1)</script>",
            host.cpu(),
            2,
            8L << 30,
            "25\n## 0 of 5 comparisons changed | [x](javascript:alert(1)) @everyone \u001b[2J",
            Map.of("<img src=x>", "| a | b |"),
            List.of());
    Path run =
        new MadeRun("`rm -rf`\u202E", hostile, 6, 0.34)
            .write(temporary.resolve("`a` <b> [c](d) \u001b]0;x"));
    Path markdown = temporary.resolve("hostile.md");
    LabCall call = LabCall.of("compare", before, run.toString(), "--markdown", "" + markdown);
    assertThat(call.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(call.out()).contains("JDK: ").doesNotContain("\n## 0 of 5");
    String text = Files.readString(markdown);
    assertThat(text).doesNotContain("<", "\u001b", "@e", "[c](", "\n## 0 of 5");
    assertThat(text.lines().filter(line -> line.startsWith("#"))).hasSize(1);
  }
}
