package dev.forklab.reports.analysis;

import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.stats.Inference;
import dev.forklab.results.Cell;
import dev.forklab.results.Grid;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Warning;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a report shows of a run.
///
/// @param run what was asked for and where
/// @param trialsDone how many of the plan's trials have results
/// @param answer in words
/// @param cells per cell and model, in the plan's order
/// @param footprints per worker count and model
/// @param openLoop latency under scheduled arrivals, per model and share of its capacity
/// @param findings every comparison: each candidate against each other, and each against its
///   reference where there is one
/// @param noise the A/A control, metric by metric and cell by cell: the baseline against itself;
///   plain 95% intervals
/// @param noiseFloor the pooled A/A control; empty if no throughput trial is done
/// @param cost what a task costs in each model, from the cells with as many workers as the base
///   configuration; empty if no throughput trial is done
/// @param taskTimes what tasks took in each cell, which is what they are called by
/// @param isolations comparisons made again with each model alone in its JVM; empty unless asked
///   for
/// @param memoryPerWorker what one worker more adds to a model's memory under load, in bytes
/// @param jvms what the JVMs of its trials said of themselves
/// @param stopping what ended the run, if it was asked for a precision
/// @param warnings of the host, of trials and of the analysis, without repetition, each with where
public record Analysis(
    Run run,
    int trialsDone,
    Answer answer,
    List<CellResult> cells,
    List<Footprint> footprints,
    List<OpenLoopResult> openLoop,
    List<Finding> findings,
    List<Finding> noise,
    Optional<Estimate> noiseFloor,
    Optional<CostModel> cost,
    TaskTimes taskTimes,
    List<Isolation> isolations,
    Map<Model, Estimate> memoryPerWorker,
    List<JvmGroup> jvms,
    Stopping stopping,
    List<PlacedWarning> warnings) {

  /// Two models whose ratio lies within this share of 1 are the same for practical purposes.
  public static final double EQUIVALENCE_MARGIN = Inference.SAME;

  public Analysis {
    cells = List.copyOf(cells);
    footprints = List.copyOf(footprints);
    openLoop = List.copyOf(openLoop);
    findings = List.copyOf(findings);
    noise = List.copyOf(noise);
    isolations = List.copyOf(isolations);
    memoryPerWorker = Map.copyOf(memoryPerWorker);
    jvms = List.copyOf(jvms);
    warnings = List.copyOf(warnings);
  }

  /// The cells that the answer speaks of, and the one that it is about.
  public Grid grid() {
    return Facts.grid(run, findings, cells);
  }

  /// The models side by side in the cell that the answer is about; empty if none was measured
  /// there.
  public Optional<Scoreboard> scoreboard() {
    return Scoreboard.of(Facts.of(this));
  }

  /// The comparison of two models, seen from the first one's side, in whichever order it was made.
  public Optional<Finding> finding(Metric metric, Cell cell, Model model, Model against) {
    return Facts.of(this).finding(metric, cell, model, against);
  }

  /// What more time would decide of the comparisons that the answer rests on, or that it would not;
  /// empty if none of them is open.
  public Optional<String> moreTime() {
    return MoreTime.sentence(Facts.of(this));
  }

  /// How many trials the run was to have: all that were planned, unless it ended before as it was
  /// asked to.
  public int trialsDue() {
    return stopping.due(run.plan());
  }

  /// A warning and where it applies.
  ///
  /// @param where `host`, `run`, or cells in words
  /// @param cells these cells; none for a warning of the host or the run
  public record PlacedWarning(Warning warning, String where, List<Cell> cells) {

    public PlacedWarning {
      cells = List.copyOf(cells);
    }

    /// A warning of the host or the run.
    public PlacedWarning(Warning warning, String where) {
      this(warning, where, List.of());
    }

    /// Whether it applies to this cell, among others or with the whole run.
    public boolean appliesTo(Cell cell) {
      return cells.isEmpty() || cells.contains(cell);
    }
  }
}
