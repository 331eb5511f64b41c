package dev.forklab.reports.compare;

import dev.forklab.reports.analysis.RunClaims.Question;
import dev.forklab.results.Calibration;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The amounts of work behind the cells of several runs: a run whose tasks are not those of the
/// others is not compared with them in these cells.
///
/// Of each amount those runs stay whose iterations are within [#MOST] of each other, as many as
/// there can be, and of equally many those with more iterations: noise makes calibration find too
/// few.
final class Amounts {

  /// The most by which iterations may differ, as a factor.
  private static final double MOST = 1.1;

  private final Map<Task, Set<Integer>> staying = new HashMap<>();
  private final List<String> leftOut = new ArrayList<>();

  private Amounts() {}

  /// What was calibrated.
  ///
  /// @param peer whose iterations, or null for the JVM's
  private record Task(int messageBytes, long wantedNanos, @Nullable Model peer) {}

  static Amounts of(List<Run> runs) {
    Map<Task, Map<Integer, Integer>> iterations = new LinkedHashMap<>();
    for (int run = 0; run < runs.size(); run++) {
      for (Calibration found : runs.get(run).calibrations()) {
        Model peer = found.peer() == null ? null : found.peer().model();
        iterations
            .computeIfAbsent(
                new Task(found.messageBytes(), found.wantedNanos(), peer), _ -> new TreeMap<>())
            .put(run, found.iterations());
      }
    }
    Amounts amounts = new Amounts();
    iterations.forEach(amounts::judge);
    return amounts;
  }

  private void judge(Task task, Map<Integer, Integer> iterations) {
    Set<Integer> best = Set.of();
    for (int most : iterations.values().stream().sorted(Comparator.reverseOrder()).toList()) {
      Set<Integer> group =
          iterations.keySet().stream()
              .filter(run -> {
                int own = iterations.getOrDefault(run, 0);
                return own <= most && most <= own * MOST;
              })
              .collect(Collectors.toSet());
      if (group.size() > best.size()) {
        best = group;
      }
    }
    staying.put(task, best);
    Set<Integer> stay = best;
    iterations.forEach((run, own) -> {
      if (!stay.contains(run)) {
        leftOut.add(words(task, run, own, others(iterations, stay)));
      }
    });
  }

  private static List<Integer> others(Map<Integer, Integer> iterations, Set<Integer> stay) {
    return iterations.entrySet().stream()
        .filter(of -> stay.contains(of.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /// "4 KiB messages, tasks asked for: 1 ms: run 2 is left out, …".
  private static String words(Task task, int run, int own, List<Integer> others) {
    int least = others.stream().mapToInt(Integer::intValue).min().orElse(own);
    int most = others.stream().mapToInt(Integer::intValue).max().orElse(own);
    return Quantity.size(task.messageBytes)
        + " messages, tasks asked for: "
        + Quantity.chosenTime(task.wantedNanos)
        + (task.peer == null ? "" : ", " + task.peer.label())
        + ": run "
        + (run + 1)
        + " is left out, since its tasks are "
        + Quantity.count(own)
        + " iterations, and those of the others "
        + Quantity.count(least)
        + (least == most ? "" : " to " + Quantity.count(most))
        + ".";
  }

  /// Whether the tasks of a run are those of the others, for both models of a question.
  ///
  /// @param run its index
  boolean takesPart(int run, Question question) {
    return stays(run, question, null)
        && stays(run, question, question.model())
        && stays(run, question, question.against());
  }

  private boolean stays(int run, Question question, @Nullable Model peer) {
    Set<Integer> stay =
        staying.get(new Task(question.cell().messageBytes(), question.cell().taskNanos(), peer));
    return stay == null || stay.contains(run);
  }

  /// Which runs have no part in which cells, and why.
  List<String> leftOut() {
    return leftOut;
  }
}
