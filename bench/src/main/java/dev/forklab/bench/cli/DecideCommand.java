package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analyzer;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.decision.Conclusion;
import dev.forklab.reports.decision.Decider;
import dev.forklab.reports.decision.Decision;
import dev.forklab.reports.decision.DecisionJson;
import dev.forklab.reports.decision.Question;
import dev.forklab.reports.decision.Refusal;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lab decide RUN`: which model to choose for a piece of work, from what a run measured.
@Command(
    name = "decide",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Say which model to choose for your work, and why.",
      "",
      "Answers from the run's measurements where it measured this work, otherwise from its model of cost"
          + " with that model's error; refuses what is too far from what was measured. On a terminal,"
          + " asks for options that are not given; 'none' says that there is no such limit."
    })
final class DecideCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RUN", description = "A run directory, finished or not.")
  private Path directory = Path.of("");

  @Mixin private DecideOptions options = new DecideOptions();

  @Option(
      names = "--faults",
      paramLabel = "DIR",
      description =
          "A run of lab faults: needs are then answered by what it measured, not by traits.")
  private @Nullable Path faults;

  @Option(
      names = "--adr",
      paramLabel = "FILE",
      description =
          "Also write an architecture decision record (MADR 4.0.0). Replaces one only while its"
              + " status is 'proposed'.")
  private @Nullable Path record;

  @Option(
      names = "--by",
      paramLabel = "NAME,...",
      hideParamSyntax = true,
      split = ",",
      description = "Deciders to name in the record (default: your user name).")
  private List<String> makers = List.of(System.getProperty("user.name", ""));

  @Option(
      names = "--json",
      description =
          "Print the decision as JSON instead (docs/decide.schema.json); never asks for options.")
  private boolean json;

  @Override
  public Integer call() {
    Optional<RecordFile> file = Optional.ofNullable(record).map(RecordFile::checked);
    RunDirectory source = new RunDirectory(directory);
    Run run = source.readRun();
    Analysis analysis = Analyzer.analyze(run, source.readTrials());
    Decider decider =
        new Decider(analysis, Optional.ofNullable(faults).map(FaultsOutput::findings));
    Question question =
        options.question(decider.usual(), json ? Optional.empty() : Asker.ofTheTerminal());
    Decision decision = decided(decider.decide(question));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(DecisionJson.of(decision, run, analysis.cost().map(CostModel::check)));
    } else {
      DecideText.print(decision, out);
    }
    file.ifPresent(each -> {
      each.write(decision, run, directory, LocalDate.now(ZoneId.systemDefault()), makers);
      if (!json) {
        out.println("decision record: " + each.path());
      }
    });
    out.flush();
    return ExitCode.OK;
  }

  private static Decision decided(Conclusion conclusion) {
    return switch (conclusion) {
      case Decision decision -> decision;
      case Refusal(String sentence) -> throw new UserError(ExitCode.USAGE, sentence);
    };
  }
}
