package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Facts;
import dev.forklab.reports.analysis.Footprint;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.OpenLoopResult;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.cost.Prediction;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.cost.Prediction.Refused;
import dev.forklab.reports.cost.TaskShape;
import dev.forklab.reports.decision.Candidate.Margin;
import dev.forklab.reports.decision.Requirement.Percentile;
import dev.forklab.reports.decision.Requirement.Rate;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What a run says of one piece of work: from its measurements where it measured that work, else
/// from the model of cost.
final class RunEvidence {

  private static final String NO_MODEL = "the run has too few cells for a model of cost";

  private final Analysis analysis;
  private final Facts facts;
  private final Work work;

  RunEvidence(Analysis analysis, Facts facts, Work work) {
    this.analysis = analysis;
    this.facts = facts;
    this.work = work;
  }

  /// The run's candidates, in the plan's order.
  List<Model> candidates() {
    return analysis.run().plan().models().stream().filter(Model::isCandidate).toList();
  }

  /// Tasks per second.
  Optional<Figure> throughput(Model model) {
    return result(model)
        .flatMap(CellResult::throughput)
        .map(tasks -> new Figure(tasks, Basis.MEASURED))
        .or(() ->
            predicted(cost -> cost.throughput(model, shape(), workers()))
                .map(known -> new Figure(atAnySpeed(known), basis(known))));
  }

  /// Why [#throughput] of a model is empty, as a clause.
  String refusal(Model model) {
    return analysis
        .cost()
        .map(cost -> cost.throughput(model, shape(), workers()))
        .map(prediction ->
            switch (prediction) {
              case Refused(String reason) -> reason;
              case Known _ -> "";
            })
        .orElse(NO_MODEL);
  }

  /// A prediction is for the speed that the machine had at the base configuration; what was
  /// measured holds the changes of that speed, and so must this.
  private Estimate atAnySpeed(Known known) {
    double machine =
        facts.cells().stream()
            .filter(result -> result.model().role() == Role.BASELINE)
            .filter(result -> facts.grid().base().filter(result.cell()::equals).isPresent())
            .flatMap(result -> result.throughput().stream())
            .filter(Estimate::hasInterval)
            .mapToDouble(tasks -> Math.log(tasks.high() / tasks.low()) / 2)
            .findFirst()
            .orElse(0);
    double half = Math.hypot(halfLog(known), machine);
    return new Estimate(
        known.value(), known.value() * Math.exp(-half), known.value() * Math.exp(half), 1);
  }

  private static double halfLog(Known known) {
    return Math.log(known.high() / known.low()) / 2;
  }

  /// How the first model's throughput compares with the second's.
  Optional<Margin> margin(Model model, Model against) {
    return facts
        .finding(Metric.THROUGHPUT, work.cell(), model, against)
        .map(found -> new Margin(found.ratio(), found.verdict(), Basis.MEASURED))
        .or(() ->
            predicted(cost -> cost.ratio(model, against, shape(), workers()))
                .map(known ->
                    new Margin(
                        estimate(known),
                        Verdict.of(Math.log(known.value()), halfLog(known), true),
                        basis(known))));
  }

  private Optional<Known> predicted(Function<CostModel, Prediction> asked) {
    return analysis
        .cost()
        .map(asked)
        .flatMap(prediction ->
            switch (prediction) {
              case Known known -> Optional.of(known);
              case Refused _ -> Optional.empty();
            });
  }

  private static Estimate estimate(Known known) {
    return new Estimate(known.value(), known.low(), known.high(), 1);
  }

  private static Basis basis(Known known) {
    return switch (known.basis()) {
      case WITHIN -> Basis.PREDICTED;
      case BEYOND, PROJECTED -> Basis.PROJECTED;
    };
  }

  private TaskShape shape() {
    return new TaskShape(work.nanos(), work.cell().messageBytes());
  }

  private int workers() {
    return work.cell().workers();
  }

  private Optional<CellResult> result(Model model) {
    return facts.result(work.cell(), model);
  }

  /// Latency in nanoseconds: with a rate, while tasks arrive at least as fast, with the range over
  /// stretches; else with as many clients as workers. Only of work that was measured.
  Optional<Figure> latency(Model model, Percentile percentile, Optional<Rate> rate) {
    Optional<Estimate> found =
        rate.isPresent()
            ? openLoop(model, rate.get()).map(loop -> openLoop(loop, percentile))
            : result(model).flatMap(CellResult::latency).map(loop -> closedLoop(loop, percentile));
    return found.map(estimate -> new Figure(estimate, Basis.MEASURED));
  }

  private Optional<OpenLoopResult> openLoop(Model model, Rate rate) {
    return analysis.openLoop().stream()
        .filter(loop -> loop.model() == model && loop.cell().equals(work.cell()))
        .filter(loop -> loop.offered() >= rate.perSecond())
        .min(Comparator.comparingDouble(OpenLoopResult::offered));
  }

  /// Where nothing is known of a percentile's range, the next higher one stands for its far end.
  private static Estimate openLoop(OpenLoopResult loop, Percentile percentile) {
    return switch (percentile) {
      case P50 -> new Estimate(loop.p50(), loop.p50(), loop.p90(), loop.stretches());
      case P90 -> new Estimate(loop.p90(), loop.p90(), loop.p99High(), loop.stretches());
      case P99 -> new Estimate(loop.p99(), loop.p99Low(), loop.p99High(), loop.stretches());
    };
  }

  /// Where too few tasks were timed for an interval, the slowest of them is its far end.
  private static Estimate closedLoop(CellResult.Latency loop, Percentile percentile) {
    Estimate found =
        switch (percentile) {
          case P50 -> loop.p50();
          case P90 -> loop.p90();
          case P99 -> loop.p99();
        };
    return found.hasInterval()
        ? found
        : new Estimate(
            found.value(), found.value(), Math.max(found.value(), loop.max()), found.samples());
  }

  /// Bytes under load.
  Optional<Figure> memory(Model model) {
    return footprint(model, Facts::memory, cost -> cost.memoryBytes(model, workers()));
  }

  /// The most bytes that were seen at any moment under load, where that was read.
  Optional<Figure> peakMemory(Model model) {
    return footprint(
        model,
        footprint ->
            Optional.of(footprint.shares().peakPss())
                .filter(Estimate::known)
                .or(() -> Facts.memory(footprint)),
        cost -> cost.memoryBytes(model, workers()));
  }

  /// Nanoseconds until every worker has replied.
  Optional<Figure> startUp(Model model) {
    return footprint(model, Facts::start, cost -> cost.startUpNanos(model, workers()));
  }

  /// Memory and start-up are measured with the base configuration's messages and tasks.
  private Optional<Figure> footprint(
      Model model,
      Function<Footprint, Optional<Estimate>> measured,
      Function<CostModel, Prediction> asked) {
    BiFunction<Footprint, Estimate, Figure> found =
        (footprint, estimate) ->
            new Figure(
                estimate, footprint.cell().equals(work.cell()) ? Basis.MEASURED : Basis.PREDICTED);
    return facts
        .footprint(work.cell(), model)
        .filter(footprint -> footprint.cell().workers() == workers())
        .flatMap(footprint -> measured.apply(footprint).map(it -> found.apply(footprint, it)))
        .or(() -> predicted(asked).map(known -> new Figure(estimate(known), basis(known))));
  }
}
