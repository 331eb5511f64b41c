package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.plan.Machine;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.run.WorkloadJars;
import dev.forklab.results.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// What a user reads before anything runs, kept as golden files, and that the README agrees.
class HelpTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Pattern EXIT_CODE = Pattern.compile("(?m)^\\| (\\d+) \\| (.+) \\|$");

  static Stream<String> commands() {
    return Stream.concat(Stream.of(""), Lab.commandLine().getSubcommands().keySet().stream());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpIsWhatItWas(String command) throws Exception {
    LabCall call = command.isEmpty() ? LabCall.of("--help") : LabCall.of(command, "--help");
    assertThat(call.err()).isEmpty();
    assertThat(call.exitCode()).isEqualTo(ExitCode.OK);
    Golden.assertMatches("help" + (command.isEmpty() ? "" : "-" + command) + ".txt", call.out());
  }

  @Test
  void withoutACommandTheLabShowsOnOneScreenWhatItCanDo() throws Exception {
    LabCall call = LabCall.of();
    assertThat(call.err()).isEmpty();
    assertThat(call.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(call.out().lines())
        .hasSizeLessThan(24)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80).doesNotContain("…"));
    assertThat(Lab.commandLine().getSubcommands().keySet())
        .allSatisfy(command -> assertThat(call.out()).contains("\n  " + command + " "));
    Golden.assertMatches("first-screen.txt", call.out());
  }

  @Test
  void aPlanReadsAsItDid() throws Exception {
    PlanOptions options = new PlanOptions();
    new CommandLine(options)
        .parseArgs("--cores", "4", "--sizes", "4KiB", "--task", "1ms", "--quick", "--seed", "42");
    Plan plan;
    try (WorkloadJars none = options.openJars()) {
      plan = Planner.plan(options.request(2, none), new Machine(2, 8L << 30));
    }
    // How long it takes changes with every tuning of the planner.
    String overview =
        PlanText.overview(plan, Duration.ofHours(1)).replaceFirst("about [^\\n]+", "about …");
    Golden.assertMatches("plan.txt", overview + PlanText.trials(plan));
  }

  @Test
  void aPlanThatTakesLongerThanAskedSaysSo() throws Exception {
    LabCall call = LabCall.of("plan", "--time", "20s", "--task", "1s");
    assertThat(call.out()).contains("this is longer than the 20 s asked for");
    assertThat(call.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void theReadmeSaysTheSameOfExitCodesAsTheHelp() throws Exception {
    Map<String, String> inHelp = Lab.commandLine().getCommandSpec().usageMessage().exitCodeList();
    Matcher rows = EXIT_CODE.matcher(Files.readString(README));
    List<String> inReadme = rows.results().map(row -> row.group(1) + " " + row.group(2)).toList();
    assertThat(inReadme)
        .containsExactlyElementsOf(
            inHelp.entrySet().stream().map(each -> each.getKey() + " " + each.getValue()).toList());
  }

  @Test
  void theReadmeNamesEveryCommandAndEveryOptionOfBench() throws Exception {
    String readme = Files.readString(README);
    CommandLine lab = Lab.commandLine();
    assertThat(lab.getSubcommands().keySet())
        .allSatisfy(command -> assertThat(readme).contains("`lab " + command));
    assertThat(new CommandLine(new BenchCommand()).getCommandSpec().options())
        .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
        .extracting(OptionSpec::longestName)
        .isNotEmpty()
        .allSatisfy(option -> assertThat(readme).contains(option));
    assertThat(readme)
        .containsPattern("\\| `--time .* \\| " + PlanOptions.DEFAULT_MINUTES + "m \\|");
  }
}
