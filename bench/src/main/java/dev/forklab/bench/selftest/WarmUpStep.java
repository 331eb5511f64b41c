package dev.forklab.bench.selftest;

import static dev.forklab.results.Warning.Kind.NOT_STEADY;
import static dev.forklab.results.Warning.Kind.STILL_WARMING_UP;

import dev.forklab.bench.instrument.Warming;
import dev.forklab.bench.jmh.ExtraFlags;
import dev.forklab.bench.selftest.Workbench.Measured;
import dev.forklab.bench.selftest.Workbench.Setting;
import dev.forklab.bench.selftest.Workbench.Work;
import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analyzer;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.TrialKind;
import dev.forklab.results.Warning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Trials that are not what they should be: forked workers that are slow only at first, or never
/// become steady, or run slow code for good, all of them; a JVM with another heap than planned; a
/// trial that stands still. None of them may end in a verdict or a number that looks like any
/// other.
final class WarmUpStep {

  /// Not `virtual`: a virtual thread has no CPU clock of its own to burn by.
  private static final List<Model> MODELS =
      List.of(Model.INLINE, Model.CONTROL, Model.FORK, Model.THREADS);

  private static final List<Model> STOPPED_MODELS =
      List.of(Model.INLINE, Model.CONTROL, Model.THREADS);

  private static final int MESSAGE_BYTES = 64;
  private static final long TASK_NANOS = 1_000_000;

  private WarmUpStep() {}

  /// Of forked workers that are not like the other models.
  static Plan forked(Trials trials, int cpus) {
    return plan(trials, cpus, TrialKind.THROUGHPUT, MODELS, 12_000);
  }

  static Plan still(Trials trials, int cpus) {
    return plan(trials, cpus, TrialKind.THROUGHPUT, STOPPED_MODELS, 6000);
  }

  static Plan otherHeap(Trials trials, int cpus) {
    return plan(trials, cpus, TrialKind.FOOTPRINT, List.of(Model.THREADS), 6000);
  }

  /// One trial, which may warm up for twelve seconds.
  private static Plan plan(
      Trials trials, int cpus, TrialKind kind, List<Model> models, long measureMillis) {
    return trials.of(
        Warming.class.getName(),
        kind,
        List.of(cell(cpus)),
        models,
        Trials.budget(20, 12_000, measureMillis));
  }

  private static Cell cell(int cpus) {
    return new Cell(cpus, cpus, MESSAGE_BYTES, TASK_NANOS);
  }

  static List<Check> run(Workbench bench, Trials trials, int cpus) throws IOException {
    return List.of(
        // Where they are not steady for another reason when measuring begins, that is said.
        forked(bench, trials, cpus, Warming.STEP, STILL_WARMING_UP, NOT_STEADY),
        // Where noise hides the rise while it is warmed up, the longer rise while it is measured is
        // said.
        forked(bench, trials, cpus, Warming.FADE, NOT_STEADY, STILL_WARMING_UP),
        forked(bench, trials, cpus, Warming.SLOW, NOT_STEADY),
        otherHeap(bench, trials, cpus),
        still(bench, trials, cpus));
  }

  private static Check forked(
      Workbench bench, Trials trials, int cpus, String manner, Warning.Kind... expected)
      throws IOException {
    Setting setting =
        Setting.of(new ExtraFlags(List.of(), List.of("-D" + Warming.MANNER + "=" + manner)));
    Measured measured =
        bench.measure("warmup-" + manner, forked(trials, cpus), Work.microseconds(), setting);
    String claim = claim(manner);
    String failure = measured.failure();
    return failure == null
        ? judge(claim, Analyzer.analyze(measured.run(), measured.trials()), expected)
        : Check.failed(Step.WARMUP, claim, "a measurement", failure);
  }

  private static String claim(String manner) {
    return switch (manner) {
      case Warming.STEP -> "workers that are slow only at first";
      case Warming.FADE -> "workers that never become steady";
      case Warming.SLOW -> "workers that all run slow code";
      default -> throw new IllegalArgumentException("expected a manner, found " + manner);
    };
  }

  /// No verdict on forked processes, and one of the warnings.
  static Check judge(String claim, Analysis analysis, Warning.Kind... expected) {
    List<Finding> verdicts =
        analysis.findings().stream()
            .filter(found -> found.metric() == Metric.THROUGHPUT)
            .filter(found -> found.model() == Model.FORK || found.against() == Model.FORK)
            .filter(found -> found.verdict().decided())
            .toList();
    Optional<String> warning =
        Arrays.stream(expected)
            .map(kind -> warning(analysis, kind))
            .flatMap(Optional::stream)
            .findFirst();
    return Check.of(
        Step.WARMUP,
        claim,
        "no verdict, and warning "
            + Arrays.stream(expected)
                .map(kind -> "'" + kind.title() + "'")
                .collect(Collectors.joining(" or ")),
        (verdicts.isEmpty() ? "no verdict, " : verdicts.getFirst().verdict() + ", ")
            + warning.orElse("no such warning"),
        verdicts.isEmpty() && warning.isPresent(),
        Map.of());
  }

  private static Optional<String> warning(Analysis analysis, Warning.Kind kind) {
    return analysis.warnings().stream()
        .map(Analysis.PlacedWarning::warning)
        .filter(warning -> warning.kind() == kind)
        .map(Warning::detail)
        .findFirst();
  }

  /// The file wins over the command line, as a variable of the environment would.
  private static Check otherHeap(Workbench bench, Trials trials, int cpus) throws IOException {
    Path flags = bench.folder("warmup-heap").toAbsolutePath().resolve("flags");
    Files.writeString(flags, "-Xmx200m\n");
    Setting setting = Setting.of(new ExtraFlags(List.of("-XX:VMOptionsFile=" + flags), List.of()));
    Measured measured =
        bench.measure("warmup-heap", otherHeap(trials, cpus), Work.microseconds(), setting);
    String failure = measured.failure();
    return Check.of(
        Step.WARMUP,
        "a JVM with another heap",
        "a trial that fails and says so",
        failure == null ? "a trial like any other" : failure,
        failure != null && failure.contains("expected a heap of"),
        Map.of());
  }

  private static Check still(Workbench bench, Trials trials, int cpus) throws IOException {
    Setting setting = new Setting(Setting.PLAIN.flags(), TrialStopper::during);
    Measured measured =
        bench.measure("warmup-still", still(trials, cpus), Work.microseconds(), setting);
    String failure = measured.failure();
    String claim = "a trial that stands still for a while";
    if (failure != null) {
      return Check.failed(Step.WARMUP, claim, "a measurement", failure);
    }
    Analysis analysis = Analyzer.analyze(measured.run(), measured.trials());
    Optional<String> warning = warning(analysis, Warning.Kind.STANDSTILL);
    return Check.of(
        Step.WARMUP,
        claim,
        "warning '" + Warning.Kind.STANDSTILL.title() + "'",
        warning.orElse("no such warning"),
        warning.isPresent(),
        Map.of());
  }
}
