package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.Stopping.NoGoal;
import dev.forklab.results.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What more launches of the base configuration would decide there, in a sentence.
///
/// A half-width falls with the square root of the number of launches. A verdict follows once the
/// interval excludes 1 or lies wholly within the margin of equivalence, whichever needs less, if
/// the ratio stays where it is: it will not stay there exactly, so the time is a rough guide, and a
/// new run is what it is a guide to. (Going on with a run until its verdict pleases would make more
/// than 5% of the verdicts wrong.) An interval that would have to shrink more than
/// [#MOST_SHRINKING] times needs another machine and not more time.
final class MoreTime {

  private static final double MINUTE_NANOS = 60e9;

  /// Sixteen times the launches.
  private static final double MOST_SHRINKING = 4;

  /// A verdict that is missing.
  ///
  /// @param shrinking how many times narrower its interval has to be; infinite if width is not what
  ///   it lacks
  private record Missing(Finding finding, double shrinking) {

    static Missing of(Finding finding) {
      Estimate ratio = finding.ratio();
      if (!ratio.hasInterval() || (finding.verdict() == Verdict.UNMEASURED && !ratio.tooWide())) {
        return new Missing(finding, Double.POSITIVE_INFINITY);
      }
      double distance = Math.abs(Math.log(ratio.value()));
      double halfWidth = Math.log(ratio.high() / ratio.low()) / 2;
      double needed = Math.min(Verdict.WIDEST, Math.max(distance, Verdict.MARGIN - distance));
      return new Missing(finding, halfWidth / needed);
    }

    boolean reachable() {
      return shrinking <= MOST_SHRINKING;
    }

    /// Launches needed beside those that it has.
    double launches() {
      return Math.max(1, Math.ceil(finding.ratio().samples() * (shrinking * shrinking - 1)));
    }

    /// "threads against virtual".
    String words() {
      return finding.model().id() + " against " + finding.against().id();
    }
  }

  private MoreTime() {}

  /// How many launches more than it has would decide a comparison; infinite if more of them would
  /// not.
  static double launches(Finding open) {
    Missing missing = Missing.of(open);
    return missing.reachable() ? missing.launches() : Double.POSITIVE_INFINITY;
  }

  /// Empty if nothing is open, or if it is not known how long a launch takes.
  static Optional<String> sentence(Facts facts) {
    return facts.stopping() instanceof NoGoal(var _, double nanos) && nanos > 0
        ? facts.mainCell().flatMap(cell -> sentence(missing(facts, cell), nanos))
        : Optional.empty();
  }

  private static List<Missing> missing(Facts facts, Cell cell) {
    return facts.findings().stream()
        .filter(found -> found.metric() == Metric.THROUGHPUT && found.cell().equals(cell))
        .filter(found -> found.model().isCandidate() && found.against().isCandidate())
        .filter(found -> !found.verdict().decided())
        .map(Missing::of)
        .sorted(Comparator.comparingDouble(Missing::launches))
        .toList();
  }

  private static Optional<String> sentence(List<Missing> missing, double trialNanos) {
    List<String> steps = new ArrayList<>();
    for (Missing each : missing) {
      if (each.reachable()) {
        String time = minutes(each.launches() * trialNanos);
        int last = steps.size() - 1;
        if (last >= 0 && steps.get(last).startsWith(time + " ")) {
          steps.set(last, steps.get(last) + " and " + each.words());
        } else {
          steps.add(time + (last < 0 ? " would decide " : " also ") + each.words());
        }
      }
    }
    List<String> sentences = new ArrayList<>();
    if (!steps.isEmpty()) {
      sentences.add("Another " + String.join(", ", steps) + ", if ratios stay where they are.");
    }
    List<String> beyond =
        missing.stream().filter(each -> !each.reachable()).map(Missing::words).toList();
    if (!beyond.isEmpty()) {
      sentences.add(
          "More time alone is unlikely to decide "
              + Wording.list(beyond)
              + ": that needs a quieter machine.");
    }
    return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
  }

  /// "6 min", rounded up: whole minutes, since it is a rough guide.
  private static String minutes(double nanos) {
    long minutes = (long) Math.ceil(nanos / MINUTE_NANOS);
    return minutes < 60 ? minutes + " min" : Wording.factor(minutes / 60.0) + " h";
  }
}
