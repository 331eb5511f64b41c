package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.JvmFacts;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Slice;
import dev.forklab.results.Trial;
import dev.forklab.results.WarmUp;
import dev.forklab.results.Warning;
import dev.forklab.results.Warning.Kind;
import dev.forklab.results.units.Quantity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Every warning of a run: those that the host check and the trials left, and those that only the
/// results show; each kind once for each thing it touched.
final class Warnings {

  /// Where a warning belongs that touches the whole run.
  static final String HOST = "host";

  /// Task times that may be within this share of the one asked for need no word.
  private static final double TASK_TIME_TOLERANCE = 0.1;

  private final Run run;
  private final List<Trial> trials;
  private final WarningBook book;

  private Warnings(Run run, List<Trial> trials, TaskTimes taskTimes) {
    this.run = run;
    this.trials = trials;
    this.book = new WarningBook(run.plan().cells(), taskTimes);
  }

  /// How far the capacity that loads are shares of may be from the run's throughput.
  private static final double CAPACITY_TOLERANCE = 0.1;

  /// How far the ratio of totals may be from that of usual slices without a word.
  private static final double TOTALS_TOLERANCE = 0.01;

  /// A run asks some twenty times: at this level it cries wolf once in fifty runs.
  private static final double TOTALS_PROBABILITY = 0.001;

  /// What the analysis has seen already.
  ///
  /// @param unreadable how many latency histograms were damaged
  /// @param due how many trials the run was to have
  record Seen(
      int unreadable,
      int due,
      List<Isolation> isolations,
      List<OpenLoopResult> openLoop,
      TaskTimes taskTimes) {
    Seen {
      isolations = List.copyOf(isolations);
      openLoop = List.copyOf(openLoop);
    }
  }

  static List<PlacedWarning> of(
      Run run, List<Trial> trials, Throughput throughput, NoiseFloor floor, Seen seen) {
    Warnings warnings = new Warnings(run, trials, seen.taskTimes);
    warnings.completeness(seen.due);
    warnings.failures();
    warnings.standstills();
    warnings.unreadable(seen.unreadable);
    warnings.isolations(seen.isolations);
    warnings.noise(floor);
    warnings.warmUps();
    warnings.steadiness(throughput);
    warnings.totals(throughput);
    warnings.taskTimes(throughput);
    warnings.capacities(throughput, seen.openLoop);
    warnings.oversubscription();
    warnings.pinning();
    warnings.reported();
    return warnings.book.placed();
  }

  private void completeness(int due) {
    long done = trials.stream().filter(trial -> trial.failure() == null).count();
    if (trials.size() < due) {
      book.add(Kind.INCOMPLETE, done + " of " + due + " trials have results", "run");
    }
  }

  private void failures() {
    for (Trial trial : trials) {
      Cell cell = trial.planned().cell();
      if (trial.failure() != null) {
        book.add(Kind.TRIAL_FAILED, trial.failure().lines().findFirst().orElse("no reason"), cell);
      }
      for (Model model : trial.planned().models()) {
        int wrong =
            trial.slices().stream()
                .filter(slice -> slice.model() == model)
                .mapToInt(Slice::wrongReplies)
                .sum();
        if (wrong > 0) {
          book.add(Kind.WRONG_REPLY, model.label() + ": " + wrong + " replies were wrong", cell);
        }
      }
    }
  }

  /// What the lab saw of its own standing still, with what that did to slices; a trial's JVM that
  /// stood still alone shows by its slices only.
  private void standstills() {
    for (Trial trial : trials) {
      Standstill standstill = Standstill.of(trial);
      int disturbed = (int) trial.slices().stream().filter(standstill::disturbed).count();
      List<String> seen =
          Stream.concat(
                  trial.warnings().stream()
                      .filter(warning -> warning.kind() == Kind.STANDSTILL)
                      .map(Warning::detail),
                  Stream.of(Wording.count(disturbed, "slice") + " more than twice as long as usual")
                      .filter(text -> disturbed > 0))
              .toList();
      if (!seen.isEmpty()) {
        book.add(Kind.STANDSTILL, String.join("; ", seen), trial.planned().cell());
      }
    }
  }

  private void unreadable(int unreadable) {
    if (unreadable > 0) {
      String histograms = unreadable == 1 ? "histogram" : "histograms";
      book.add(Kind.TRIAL_FAILED, unreadable + " latency " + histograms + " unreadable", "run");
    }
  }

  private void isolations(List<Isolation> isolations) {
    for (Isolation found : isolations) {
      if (found.known() && !found.agrees()) {
        book.add(
            Kind.ISOLATION_DISAGREES,
            found.model().label()
                + " reach "
                + Wording.ratio(found.isolated())
                + " of "
                + found.against().label()
                + " alone, "
                + Wording.ratio(found.interleaved())
                + " interleaved",
            found.cell());
      }
    }
  }

  private void noise(NoiseFloor floor) {
    floor
        .cells()
        .forEach((cell, control) -> {
          double half = Math.expm1(control.halfWidth(Estimates.ALPHA));
          if (half > Analysis.EQUIVALENCE_MARGIN) {
            String seen =
                Double.isFinite(half)
                    ? "the baseline against itself is known to ±" + Wording.percent(half) + " only"
                    : "too few rounds to tell the noise";
            book.add(Kind.NOISY, seen, cell);
          }
        });
  }

  private void warmUps() {
    for (Trial trial : trials) {
      for (WarmUp warmUp : trial.warmUps()) {
        if (!warmUp.steady()) {
          book.add(
              Kind.NOT_STEADY,
              warmUp.model().label() + ": " + warmUp.reason(),
              trial.planned().cell());
        }
      }
    }
  }

  private void steadiness(Throughput throughput) {
    Map<Cell, List<TrialRounds>> byCell = throughput.trials().byCell();
    Set<Model> unsuspected = new LinkedHashSet<>(run.plan().models());
    byCell.forEach((cell, cellTrials) -> {
      Steadiness.drift(cellTrials).ifPresent(seen -> book.add(Kind.DRIFT, seen, cell));
      for (Model model : run.plan().models()) {
        Steadiness.stillWarmingUp(cellTrials, model)
            .ifPresent(seen -> {
              book.add(Kind.STILL_WARMING_UP, model.label() + ": " + seen, cell);
              unsuspected.remove(model);
            });
      }
    });
    List<TrialRounds> all = byCell.values().stream().flatMap(List::stream).toList();
    for (Model model : unsuspected) {
      Steadiness.stillWarmingUpOverall(all, model)
          .ifPresent(seen ->
              book.add(Kind.STILL_WARMING_UP, model.label() + ", over all cells: " + seen, "run"));
    }
  }

  private void totals(Throughput throughput) {
    for (Findings.Pairing pairing : Findings.candidates(run.plan().models())) {
      throughput
          .totalsLessUsual(pairing.model(), pairing.against())
          .forEach((cell, less) -> {
            if (Math.abs(less.value()) > TOTALS_TOLERANCE
                && less.differenceProbability() < TOTALS_PROBABILITY) {
              book.add(
                  Kind.TOTALS_DIFFER,
                  pairing.model().label()
                      + " against "
                      + pairing.against().label()
                      + ": "
                      + Wording.percent(Math.expm1(less.value()))
                      + (less.value() > 0 ? " more" : " less")
                      + " by totals than in usual slices",
                  cell);
            }
          });
    }
  }

  private void taskTimes(Throughput throughput) {
    throughput
        .of(Model.INLINE)
        .forEach((cell, log) -> {
          double nanos = 1e9 / Math.exp(log.value());
          double off = Math.abs(Math.log(nanos / cell.taskNanos()));
          if (off - uncertainty(log) > TASK_TIME_TOLERANCE) {
            book.add(
                Kind.TASK_TIME_OFF,
                "asked for "
                    + Quantity.chosenTime(cell.taskNanos())
                    + ", inline took "
                    + Quantity.time(nanos),
                cell);
          }
        });
  }

  private void capacities(Throughput throughput, List<OpenLoopResult> openLoop) {
    for (OpenLoopResult result : openLoop) {
      StudentEstimate log = throughput.of(result.model()).get(result.cell());
      if (log == null) {
        continue;
      }
      double off = Math.abs(Math.log(result.capacity()) - log.value());
      if (off - uncertainty(log) > CAPACITY_TOLERANCE) {
        book.add(
            Kind.CAPACITY_DIFFERS,
            result.model().label()
                + ": "
                + Quantity.rate(result.capacity())
                + " kept full beside the schedule, "
                + Quantity.rate(Math.exp(log.value()))
                + " in the throughput trials",
            result.cell());
      }
    }
  }

  private static double uncertainty(StudentEstimate log) {
    return log.hasError() ? log.halfWidth(Estimates.ALPHA) : 0;
  }

  private void oversubscription() {
    for (Cell cell : run.plan().cells()) {
      if (cell.oversubscribed()) {
        book.add(
            Kind.OVERSUBSCRIBED,
            "more workers than the " + Wording.count(cell.cpus(), "CPU") + " of this machine",
            cell);
      }
    }
  }

  /// A JVM counts the CPUs that it may use: more or fewer than the cell's means that binding it has
  /// failed.
  private void pinning() {
    for (Trial trial : trials) {
      Cell cell = trial.planned().cell();
      for (JvmFacts jvm : trial.jvms()) {
        if (jvm.cpus() != cell.cpus()) {
          book.add(
              Kind.NOT_PINNED,
              "the JVM of the "
                  + jvm.role()
                  + " sees "
                  + Wording.count(jvm.cpus(), "CPU")
                  + ", not "
                  + cell.cpus(),
              cell);
        }
      }
    }
  }

  private void reported() {
    for (Warning warning : run.host().warnings()) {
      book.add(warning.kind(), warning.detail(), HOST);
    }
    for (Trial trial : trials) {
      for (Warning warning : trial.warnings()) {
        if (warning.kind() == Kind.STANDSTILL) {
          continue; // said with what it did to slices
        }
        book.add(warning.kind(), warning.detail(), trial.planned().cell());
      }
    }
  }
}
