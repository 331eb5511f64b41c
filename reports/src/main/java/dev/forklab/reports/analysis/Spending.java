package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.Cell;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Plan.Reserve;
import dev.forklab.results.Run;
import dev.forklab.results.Seeded;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Where the time goes that a plan keeps in reserve: which throughput trial comes next.
///
/// **The rule.** The cell that the answer rests on, as long as an interval there could leave a
/// verdict open; after that, of the other cells that are not oversubscribed and where one could,
/// the one with the fewest launches, and of those the one with the widest interval. A trial begins
/// only if it is expected to end within the run's time. When no cell is left, the run ends.
///
/// **When an interval leaves nothing open.** Its half-width is at most half of the margin of
/// equivalence ([#NARROW]). Wherever such an interval lies, it either excludes 1 or lies wholly
/// within the margin. The intervals are those of the candidates against each other at 95%, no
/// narrower than the control's: where all of a family are so narrow, all have a verdict, and then
/// [dev.forklab.reports.stats.FalseCoverage] draws them at 95%.
///
/// **Why the choice harms no verdict.** It is made from widths, numbers of launches and durations,
/// never from a ratio: [Throughput#blindRatio] moves none of them when all ratios of a cell move.
/// For symmetric noise a mean and the spread around it are uncorrelated (for normal noise
/// independent), so whatever the spreads made the rule do, the mean of the launches that a cell got
/// is as likely to be too high as too low. This is the sampling of a sequential interval of fixed
/// width: Chow and Robbins, "On the Asymptotic Theory of Fixed-Width Sequential Confidence
/// Intervals for the Mean", Annals of Mathematical Statistics 36 (1965); Mukhopadhyay and de Silva,
/// "Sequential Methods and Their Applications" (2009), chapter 6. What it costs is coverage, since
/// a spread that is small by luck stops it early: a little, and less the more launches come before
/// the first choice (a cell that the answer rests on has four). A rule that went on while a verdict
/// is open would have to pay for each look with wider intervals. `SpendingTest` shows what is left,
/// and what the rule gains.
///
/// Pure: a run that is resumed goes on as it would have without the interruption.
public final class Spending {

  /// The half-width, as a log ratio, that decides a comparison wherever its interval lies.
  static final double NARROW = Math.log1p(Analysis.EQUIVALENCE_MARGIN) / 2;

  /// A run chooses no more trials than this, whatever its time is.
  private static final int MOST = 1000;

  private Spending() {}

  /// What is known of a cell that could be launched once more.
  ///
  /// @param halfWidth of its widest comparison, as a log ratio
  /// @param trialNanos how long such a trial usually takes
  private record Place(
      PlannedTrial like, boolean base, int launches, double halfWidth, double trialNanos) {}

  /// The trial that comes next, after all those of the plan; empty as long as one of these has no
  /// record, if nothing is left to narrow, or if the time is spent.
  public static Optional<PlannedTrial> next(Run run, List<Trial> records) {
    Plan plan = run.plan();
    Reserve reserve = plan.reserve();
    List<Trial> trials = Trial.latest(records);
    int planned = plan.trials().size();
    if (reserve == null || trials.size() < planned || trials.size() >= planned + MOST) {
      return Optional.empty();
    }
    long left = reserve.timeNanos() - spent(run, records).toNanos();
    int index = trials.getLast().planned().index() + 1;
    return places(plan, trials).stream()
        .filter(place -> place.halfWidth > NARROW && place.trialNanos <= left)
        .min(
            Comparator.comparing((Place place) -> !place.base)
                .thenComparingInt(Place::launches)
                .thenComparing(Comparator.comparingDouble(Place::halfWidth).reversed()))
        .map(place -> again(plan, place.like, index));
  }

  /// What is spent of the run's time, on its trials and on what came before them.
  public static Duration spent(Run run, List<Trial> records) {
    return preparation(run, records, run.startedEpochMillis())
        .plusNanos(records.stream().mapToLong(Trial::durationNanos).sum());
  }

  /// What the run needed before its first trial, as calibrating.
  ///
  /// @param records of the run, in any order
  /// @param nowEpochMillis what counts as the first trial's start if none has a record
  public static Duration preparation(Run run, List<Trial> records, long nowEpochMillis) {
    long first = records.stream().mapToLong(Trial::startedEpochMillis).min().orElse(nowEpochMillis);
    return Duration.ofMillis(Math.max(0, first - run.startedEpochMillis()));
  }

  /// How many trials were chosen, cell by cell.
  static Map<Cell, Long> chosen(Plan plan, List<Trial> trials) {
    return trials.stream()
        .map(Trial::planned)
        .filter(trial -> trial.index() >= plan.trials().size())
        .collect(Collectors.groupingBy(PlannedTrial::cell, Collectors.counting()));
  }

  /// How long a throughput trial of this cell usually took; 0 if none has a result.
  static double trialNanos(Cell cell, List<Trial> trials) {
    double[] nanos =
        throughput(trials).stream()
            .filter(trial -> trial.failure() == null && trial.planned().cell().equals(cell))
            .mapToDouble(Trial::durationNanos)
            .toArray();
    return nanos.length == 0 ? 0 : Quantiles.median(nanos);
  }

  /// The trial with this index that launches the same as another once more, after all blocks.
  public static PlannedTrial again(Plan plan, PlannedTrial like, int index) {
    return new PlannedTrial(
        index,
        plan.blocks(),
        like.kind(),
        like.cell(),
        like.models(),
        Seeded.random(plan.seed() + index).nextLong());
  }

  private static List<Trial> throughput(List<Trial> trials) {
    return trials.stream().filter(trial -> trial.planned().kind() == TrialKind.THROUGHPUT).toList();
  }

  /// The cells that may be launched again, each with the first trial of its kind; none where a
  /// chosen trial failed, since the next would too.
  private static List<Place> places(Plan plan, List<Trial> trials) {
    Map<Cell, Double> widths = halfWidths(plan, trials);
    Optional<Cell> base = plan.base();
    Set<Cell> failed =
        trials.stream()
            .filter(trial -> trial.failure() != null)
            .map(Trial::planned)
            .filter(trial -> trial.index() >= plan.trials().size())
            .map(PlannedTrial::cell)
            .collect(Collectors.toSet());
    Map<Cell, List<Trial>> launches =
        throughput(trials).stream()
            .filter(trial -> trial.failure() == null)
            .collect(Collectors.groupingBy(trial -> trial.planned().cell()));
    List<Place> places = new ArrayList<>();
    for (Cell cell : plan.cells()) {
      List<Trial> of = launches.getOrDefault(cell, List.of());
      boolean isBase = base.filter(cell::equals).isPresent();
      if (!of.isEmpty() && !failed.contains(cell) && (isBase || !cell.oversubscribed())) {
        places.add(
            new Place(
                of.getFirst().planned(),
                isBase,
                of.size(),
                widths.getOrDefault(cell, Double.POSITIVE_INFINITY),
                trialNanos(cell, trials)));
      }
    }
    return places;
  }

  /// Of each cell that has a comparison, the widest half-width, blind to the ratios.
  private static Map<Cell, Double> halfWidths(Plan plan, List<Trial> trials) {
    Throughput throughput =
        new Throughput(CellTrials.of(TrialKind.THROUGHPUT, plan, throughput(trials)));
    NoiseFloor floor = NoiseFloor.of(throughput);
    Map<Cell, Double> widest = new HashMap<>();
    for (Findings.Pairing pairing : Findings.candidatesOrBaseline(plan.models())) {
      throughput
          .blindRatio(pairing.model(), pairing.against())
          .forEach((cell, log) ->
              widest.merge(
                  cell, Math.max(log.halfWidth(Estimates.ALPHA), floor.width(cell)), Math::max));
    }
    return widest;
  }
}
