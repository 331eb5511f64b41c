package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Estimates;
import dev.forklab.reports.analysis.Facts;
import dev.forklab.reports.analysis.Footprint;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.OpenLoopResult;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.decision.Candidate.Margin;
import dev.forklab.reports.decision.Requirement.Percentile;
import dev.forklab.reports.decision.Requirement.Rate;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a run says of one piece of work: from its measurements where it measured that work, else
/// from the model of cost and from its footprints.
final class RunEvidence {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double ALPHA = 0.05;

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
  Optional<Evidence> throughput(Model model) {
    return result(model)
        .flatMap(CellResult::throughput)
        .map(tasks -> new Evidence(tasks, Basis.MEASURED))
        .or(() -> predictedThroughput(model));
  }

  /// The interval holds the error of the fit and that of the machine's own speed over the run.
  private Optional<Evidence> predictedThroughput(Model model) {
    return cost()
        .flatMap(cost -> cost.fitting(model))
        .map(task -> task.nanos(work.nanos(), work.cell().messageBytes()))
        .filter(nanos -> nanos.value() > 0)
        .map(nanos ->
            new StudentEstimate(
                Math.log(work.cell().workers() * NANOS_PER_SECOND / nanos.value()),
                Math.hypot(nanos.standardError() / nanos.value(), machineError()),
                nanos.degreesOfFreedom(),
                nanos.samples()))
        .map(log -> new Evidence(Estimates.of(log), predicted()));
  }

  /// The standard error of the baseline's own speed, as a logarithm.
  private double machineError() {
    return facts.cells().stream()
        .filter(result -> result.model().role() == Role.BASELINE)
        .flatMap(result -> result.throughput().stream())
        .filter(Estimate::hasInterval)
        .mapToDouble(tasks -> Math.log(tasks.high() / tasks.low()) / 4)
        .sorted()
        .findFirst()
        .orElse(0);
  }

  /// How the first model's throughput compares with the second's.
  Optional<Margin> margin(Model model, Model against) {
    return facts
        .finding(Metric.THROUGHPUT, work.cell(), model, against)
        .map(found -> new Margin(found.ratio(), found.verdict(), Basis.MEASURED))
        .or(() ->
            cost()
                .flatMap(cost ->
                    cost.logRatio(model, against, work.nanos(), work.cell().messageBytes()))
                .map(this::predictedMargin));
  }

  private Margin predictedMargin(StudentEstimate log) {
    return new Margin(
        Estimates.of(log), Verdict.of(log.value(), log.halfWidth(ALPHA), true), predicted());
  }

  /// A model that takes part in the cell in hand is compared where it was measured.
  private Optional<CostModel> cost() {
    return analysis.cost().filter(cost -> cost.workers() == work.cell().workers());
  }

  private Basis predicted() {
    return work.basis() == Basis.MEASURED ? Basis.PREDICTED : work.basis();
  }

  private Optional<CellResult> result(Model model) {
    return facts.result(work.cell(), model);
  }

  /// Latency in nanoseconds: with a rate, when tasks arrive at least as fast, its range being that
  /// over stretches; else with as many clients as workers. Only of work that was measured.
  Optional<Evidence> latency(Model model, Percentile percentile, Optional<Rate> rate) {
    Optional<Estimate> found =
        rate.isPresent()
            ? openLoop(model, rate.get()).map(loop -> openLoop(loop, percentile))
            : result(model).flatMap(CellResult::latency).map(loop -> closedLoop(loop, percentile));
    return found.map(estimate -> new Evidence(estimate, Basis.MEASURED));
  }

  private Optional<OpenLoopResult> openLoop(Model model, Rate rate) {
    return analysis.openLoop().stream()
        .filter(loop -> loop.model() == model && loop.cell().equals(work.cell()))
        .filter(loop -> loop.offered() >= rate.perSecond())
        .min(Comparator.comparingDouble(OpenLoopResult::offered));
  }

  private static Estimate openLoop(OpenLoopResult loop, Percentile percentile) {
    return switch (percentile) {
      case P50 -> new Estimate(loop.p50(), loop.p50(), loop.max(), loop.stretches());
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
        : new Estimate(found.value(), found.value(), loop.max(), found.samples());
  }

  /// Bytes under load.
  Optional<Evidence> memory(Model model) {
    return footprint(model)
        .flatMap(footprint -> Facts.memory(footprint).map(size -> grown(model, footprint, size)));
  }

  /// The most bytes that were seen at any moment under load.
  Optional<Evidence> peakMemory(Model model) {
    return footprint(model)
        .flatMap(footprint ->
            Optional.of(footprint.shares().peakPss())
                .filter(Estimate::known)
                .or(() -> Facts.memory(footprint))
                .map(size -> grown(model, footprint, size)));
  }

  private Evidence grown(Model model, Footprint footprint, Estimate size) {
    int more = work.cell().workers() - footprint.cell().workers();
    Estimate each = analysis.memoryPerWorker().get(model);
    if (more == 0 || each == null) {
      return new Evidence(size, more == 0 ? basis(footprint) : Basis.PROJECTED);
    }
    double error = Math.hypot(size.high() - size.value(), more * (each.high() - each.value()));
    double value = size.value() + more * each.value();
    return new Evidence(
        new Estimate(value, value - error, value + error, size.samples()), Basis.PROJECTED);
  }

  /// Nanoseconds until every worker has replied; only as many workers as were measured.
  Optional<Evidence> startUp(Model model) {
    return footprint(model)
        .filter(footprint -> footprint.cell().workers() == work.cell().workers())
        .flatMap(footprint ->
            Facts.start(footprint).map(time -> new Evidence(time, basis(footprint))));
  }

  private Basis basis(Footprint footprint) {
    return footprint.cell().equals(work.cell()) ? Basis.MEASURED : Basis.PREDICTED;
  }

  private Optional<Footprint> footprint(Model model) {
    return facts.footprint(work.cell(), model);
  }

  /// The cell that memory and start-up are those of, if it is not the work in hand.
  Optional<Cell> otherFootprint() {
    return candidates().stream()
        .flatMap(model -> footprint(model).stream())
        .map(Footprint::cell)
        .filter(cell -> !cell.equals(work.cell()))
        .findFirst();
  }
}
