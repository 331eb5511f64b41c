package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.Stopping.GoesOn;
import dev.forklab.reports.analysis.Stopping.NoGoal;
import dev.forklab.reports.analysis.Stopping.Reached;
import dev.forklab.reports.analysis.Stopping.TimeSpent;
import dev.forklab.results.Cell;
import dev.forklab.results.Plan.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is to be said of how the run was measured: what ended it, and whether the cross-check with
/// each model alone agrees.
final class MethodLines {

  private MethodLines() {}

  static List<String> of(Facts facts) {
    List<String> lines = new ArrayList<>();
    facts.isolations().stream()
        .filter(found -> found.disagreement().hasInterval())
        .map(MethodLines::line)
        .forEach(lines::add);
    ending(facts.stopping(), facts.run().plan().goal()).ifPresent(lines::add);
    if (facts.stopping() instanceof NoGoal(Map<Cell, Long> chosen, double _)) {
      chosen(facts, chosen).ifPresent(lines::add);
    }
    MoreTime.sentence(facts).ifPresent(lines::add);
    return lines;
  }

  /// Where the time went that the plan kept in reserve.
  private static Optional<String> chosen(Facts facts, Map<Cell, Long> chosen) {
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    List<String> where =
        facts.run().plan().cells().stream()
            .filter(chosen::containsKey)
            .map(cell ->
                chosen.get(cell)
                    + " at "
                    + (facts.run().plan().base().filter(cell::equals).isPresent()
                        ? "the base configuration"
                        : Wording.cell(cell, facts.taskTimes())))
            .toList();
    return Optional.of(
        "After the planned trials, throughput was launched again where intervals could leave a"
            + " verdict open, judged by their widths alone: "
            + String.join("; ", where)
            + ".");
  }

  private static String line(Isolation found) {
    if (!found.known()) {
      return "Alone in their JVMs, "
          + found.model().label()
          + " are "
          + Verdict.UNMEASURED_WORDS
          + " against "
          + found.against().label()
          + ".";
    }
    String numbers =
        "Alone in their JVMs, "
            + found.model().label()
            + " reach "
            + Wording.ratio(found.isolated())
            + " of "
            + found.against().label()
            + " ("
            + Wording.error(found.isolated())
            + "), interleaved "
            + Wording.ratio(found.interleaved())
            + " ("
            + Wording.error(found.interleaved())
            + "): ";
    Estimate between = found.disagreement();
    return numbers
        + (found.agrees()
            ? "both agree as far as can be told (" + Wording.error(between) + ")."
            : "they disagree by more than noise explains ("
                + Wording.ratio(between.low())
                + " to "
                + Wording.ratio(between.high())
                + " times).");
  }

  private static Optional<String> ending(Stopping stopping, @Nullable Goal goal) {
    String asked = goal == null ? "" : "±" + Wording.percent(goal.precision());
    return switch (stopping) {
      case NoGoal _, GoesOn _ -> Optional.empty();
      case Reached(int blocks, double widest) ->
          Optional.of(
              "Ended after "
                  + Wording.count(blocks, "block")
                  + " because the precision asked for was reached: throughput of every candidate"
                  + " against every other is known to ±"
                  + Wording.percent(widest)
                  + " or better ("
                  + asked
                  + " asked for).");
      case TimeSpent(int blocks, double widest) ->
          Optional.of(
              "Ended after "
                  + Wording.count(blocks, "block")
                  + " because the time was spent, before the precision asked for was reached:"
                  + " throughput of candidates is known to "
                  + (Double.isFinite(widest) ? "±" + Wording.percent(widest) : "no interval yet")
                  + " where it is known least ("
                  + asked
                  + " asked for).");
    };
  }
}
