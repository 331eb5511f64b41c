package dev.forklab.reports.compare;

import dev.forklab.reports.analysis.Aspect;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Evidence;
import dev.forklab.reports.analysis.RunNumbers;
import dev.forklab.reports.analysis.RunNumbers.Subject;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What changed from one run, the baseline, to another: a number for each model in each cell.
///
/// Where models are paired within a run, the verdict is on their ratio, since that cancels the
/// machine's speed; each model has one, to the same other one, so that one change is not counted
/// several times. Memory and start-up are measured of each model alone, and so is their change.
///
/// @param baseline what the first run is called
/// @param name what the other is called
/// @param changes all that were compared, cell by cell
/// @param notes in words: what was left out, and why
public record Changes(
    String baseline,
    String name,
    Differences differences,
    List<Change> changes,
    List<String> notes) {

  public Changes {
    baseline = Differences.oneLine(baseline);
    name = Differences.oneLine(name);
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  /// Compares two runs, which [Differences#refusal] must have nothing against.
  public static Changes of(RunNumbers before, RunNumbers after) {
    Differences differences = Differences.between(before.run(), after.run());
    Grounds grounds = new Grounds(before, after, differences.sameMachine());
    List<Pending> pending = new ArrayList<>();
    for (Cell cell : grounds.cells()) {
      for (Aspect aspect : Aspect.values()) {
        for (Model model : Model.values()) {
          Pending.of(grounds, aspect, cell, model).ifPresent(pending::add);
        }
      }
    }
    Map<Aspect, Double> levels = levels(pending);
    List<Change> changes =
        pending.stream()
            .map(each -> each.judged(levels.getOrDefault(each.subject.aspect(), 0.0)))
            .toList();
    return new Changes(before.name(), after.name(), differences, changes, grounds.notes());
  }

  /// Each aspect is a family of its own, as each metric of a run's findings is.
  private static Map<Aspect, Double> levels(List<Pending> pending) {
    return pending.stream()
        .collect(
            Collectors.groupingBy(
                each -> each.subject.aspect(),
                Collectors.mapping(
                    Pending::evidence,
                    Collectors.collectingAndThen(Collectors.toList(), Evidence::level))));
  }

  /// Those that changed, for the worse first, and first by how much they did for certain.
  public List<Change> changed() {
    return changes.stream()
        .filter(Change::changed)
        .sorted(
            Comparator.comparing(Change::verdict)
                .reversed()
                .thenComparingDouble(change -> -change.certain()))
        .toList();
  }

  /// How many have this verdict.
  public long count(Verdict verdict) {
    return changes.stream().filter(change -> change.verdict() == verdict).count();
  }

  /// A change before its verdict.
  private record Pending(Subject subject, Evidence evidence, Optional<Evidence> absolute) {

    static Optional<Pending> of(Grounds grounds, Aspect aspect, Cell cell, Model model) {
      Subject alone = new Subject(aspect, cell, model, Optional.empty());
      Optional<Evidence> absolute =
          grounds.absolute(aspect, cell) ? change(grounds, alone) : Optional.empty();
      for (Model against : RunNumbers.REFERENCES) {
        Subject ratio = new Subject(aspect, cell, model, Optional.of(against));
        Optional<Evidence> change = change(grounds, ratio);
        if (change.isPresent()) {
          return Optional.of(new Pending(ratio, change.get(), absolute));
        }
      }
      return absolute.map(change -> new Pending(alone, change, Optional.empty()));
    }

    private static Optional<Evidence> change(Grounds grounds, Subject subject) {
      Evidence before = grounds.before().numbers().get(subject);
      Evidence after = grounds.after().numbers().get(subject);
      return before == null || after == null
          ? Optional.empty()
          : Optional.of(new Unpaired(before, after).change());
    }

    Change judged(double level) {
      Estimate factor = evidence.ratio(level);
      Verdict verdict = evidence.verdict(level, subject.aspect().moreIsBetter());
      return new Change(
          subject,
          factor,
          verdict,
          absolute
              .map(each -> each.ratio(level))
              .filter(found -> found.hasInterval() && !found.tooWide()));
    }
  }
}
