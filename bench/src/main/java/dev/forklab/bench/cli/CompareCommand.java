package dev.forklab.bench.cli;

import dev.forklab.bench.plan.Notation;
import dev.forklab.reports.analysis.RunClaims;
import dev.forklab.reports.analysis.RunNumbers;
import dev.forklab.reports.chart.ChangeChart;
import dev.forklab.reports.chart.Chart;
import dev.forklab.reports.chart.NoFontException;
import dev.forklab.reports.compare.Change;
import dev.forklab.reports.compare.Changes;
import dev.forklab.reports.compare.Differences;
import dev.forklab.reports.compare.Differences.Named;
import dev.forklab.reports.compare.Replication;
import dev.forklab.reports.html.ChangeMarkdown;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.Trial;
import dev.forklab.results.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lab compare DIR DIR...`: what changed from one run to others, or how well runs of one build
/// agree.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show what changed between a baseline run and others.",
      "",
      "Shows by how much each model changed in each cell, with an interval, and whether that is"
          + " beyond the noise of both runs.",
      "",
      "What differs between the runs (commit, JDK, collector, heap, machine) is said first; runs of"
          + " another workload or without a common cell are refused. On another machine only ratios"
          + " between models are compared.",
      "",
      "Runs of one build on one machine, set up alike, are not expected to differ: without any of"
          + " the options below, the command says how well they agree, comparison by comparison."
    })
final class CompareCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "Run directories, two or more; the first is the baseline.")
  private List<Path> directories = List.of();

  @Option(
      names = "--fail-on",
      paramLabel = "SHARE",
      description =
          "End with exit code 8 if any change for the worse is certain to be larger than this, such"
              + " as 5%% (its whole interval exceeds it).")
  private @Nullable String failOn;

  @Option(names = "--all", description = "Show every comparison, not only what changed.")
  private boolean all;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Also write what changed as Markdown, for a pull request.")
  private @Nullable Path markdown;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "Also draw the changes with their intervals into a PNG file (two runs only).")
  private @Nullable Path chart;

  @Override
  public Integer call() throws IOException {
    check();
    Optional<Double> bound =
        Optional.ofNullable(failOn).map(text -> PlanOptions.share(text, "--fail-on"));
    List<Named> runs =
        directories.stream()
            .map(path -> new Named(path.toString(), new RunDirectory(path).readRun()))
            .toList();
    Differences.refusal(runs)
        .ifPresent(reason -> {
          throw new UserError(ExitCode.USAGE, reason);
        });
    if (asksForChanges() || differ(runs)) {
      return changes(runs, bound);
    }
    List<RunClaims> claims =
        runs.stream().map(run -> RunClaims.of(run.name(), run.run(), trials(run))).toList();
    AgreementText.print(Replication.of(claims), spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private void check() {
    if (directories.size() < 2) {
      throw new UserError(
          ExitCode.USAGE, "expected two run directories or more, found one; name another");
    }
    Set<Path> different = new HashSet<>();
    for (Path directory : directories) {
      if (!different.add(directory.toAbsolutePath().normalize())) {
        throw new UserError(
            ExitCode.USAGE,
            "expected different runs, found " + directory + " twice; name each once");
      }
    }
    if (chart != null && directories.size() > 2) {
      throw new UserError(
          ExitCode.USAGE,
          "expected two runs with --chart, found " + directories.size() + "; draw two at a time");
    }
  }

  private boolean asksForChanges() {
    return failOn != null || all || markdown != null || chart != null;
  }

  private static boolean differ(List<Named> runs) {
    return runs.stream()
        .anyMatch(
            run -> !Differences.between(runs.getFirst().run(), run.run()).entries().isEmpty());
  }

  private static List<Trial> trials(Named run) {
    return new RunDirectory(Path.of(run.name())).readTrials();
  }

  private int changes(List<Named> runs, Optional<Double> bound) throws IOException {
    List<RunNumbers> numbers =
        runs.stream().map(run -> RunNumbers.of(run.name(), run.run(), trials(run))).toList();
    List<Changes> found =
        numbers.stream().skip(1).map(other -> Changes.of(numbers.getFirst(), other)).toList();
    PrintWriter out = spec.commandLine().getOut();
    for (Changes each : found) {
      if (!each.equals(found.getFirst())) {
        out.println();
      }
      ChangeText.print(each, all, out);
    }
    write(found, out);
    return bound.isEmpty() ? ExitCode.OK : gate(found, bound.get());
  }

  private void write(List<Changes> found, PrintWriter out) throws IOException {
    if (markdown != null) {
      WholeFile.write(markdown, ChangeMarkdown.of(found));
      out.println("markdown: " + markdown);
    }
    if (chart != null) {
      out.println("chart: " + draw(found.getFirst(), chart));
    }
    out.flush();
  }

  /// Where the picture is, or why there is none.
  private static String draw(Changes changes, Path file) throws IOException {
    try {
      Optional<Chart> drawn = ChangeChart.of(changes);
      if (drawn.isEmpty()) {
        return "none, since nothing was measured well enough to be drawn";
      }
      WholeFile.write(file, drawn.get().png().orElseThrow());
      return file.toString();
    } catch (NoFontException e) {
      return "none: " + e.getMessage();
    }
  }

  /// Says what `--fail-on` found, and with which exit code the command is to end.
  private int gate(List<Changes> found, double share) {
    List<Change> compared = found.stream().flatMap(each -> each.changes().stream()).toList();
    if (compared.isEmpty()) {
      throw new UserError(
          ExitCode.USAGE,
          "expected numbers in both runs for --fail-on to judge, found none; let both runs end");
    }
    long worse = compared.stream().filter(change -> change.worseThan(share)).count();
    long unsure = compared.stream().filter(change -> change.mayBeWorseThan(share)).count() - worse;
    PrintWriter out = spec.commandLine().getOut();
    new Paragraphs(out, Terminals.USUAL_COLUMNS)
        .print(
            "",
            "fail-on %s: %s; %d of %d comparisons are certainly worse by more than that, %d more may be."
                .formatted(
                    Notation.ofShare(share),
                    worse > 0 ? "failed" : "passed",
                    worse,
                    compared.size(),
                    unsure));
    out.flush();
    return worse > 0 ? ExitCode.WORSE : ExitCode.OK;
  }
}
