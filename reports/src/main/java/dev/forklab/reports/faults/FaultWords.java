package dev.forklab.reports.faults;

import dev.forklab.reports.analysis.Wording;
import dev.forklab.reports.faults.FaultCell.Fate;
import dev.forklab.results.Fault;
import dev.forklab.results.Way;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Findings about faults in words.
public final class FaultWords {

  private FaultWords() {}

  /// What a manager's table shows of a cell: "survives; 1 of 900 tasks missed; well after 0.3 s".
  public static String entry(FaultCell cell) {
    List<String> parts = new ArrayList<>();
    parts.add(cell.fate().words());
    parts.add(missed(cell));
    parts.add(recovery(cell));
    String remains = remains(cell);
    if (!remains.isEmpty()) {
      parts.add("left: " + remains);
    }
    return String.join("; ", parts);
  }

  /// "no task missed", "12 tasks missed", "400 wrong replies, 12 tasks missed".
  public static String missed(FaultCell cell) {
    String missed =
        cell.missed().high() == 0
            ? "no task missed"
            : cell.missed().words(FaultWords::count)
                + (cell.missed().high() == 1 ? " task missed" : " tasks missed");
    return cell.wrong().high() == 0
        ? missed
        : missed + ", " + cell.wrong().words(FaultWords::count) + " of them answered wrong";
  }

  /// A cell in a few words: "goes on", "goes on, 200 ms, 12 missed", "restarted, 900 ms, 300
  /// missed", "sick", "dead"; with a star if something is left.
  public static String brief(FaultCell cell) {
    String fate =
        switch (cell.fate()) {
          case DEAD -> "dead";
          case RESTARTED -> cell.recovered() ? "restarted" : "restarted, sick";
          case SURVIVED -> cell.recovered() ? "goes on" : "sick";
        };
    String recovery =
        cell.fate() != Fate.DEAD && cell.recovered() && cell.recoveryNanos().middle() > 0
            ? ", " + Quantity.time(cell.recoveryNanos().middle())
            : "";
    String missed =
        cell.missed().middle() > 0 ? ", " + count(cell.missed().middle()) + " missed" : "";
    return fate + recovery + missed + (cell.leavesSomething() ? " *" : "");
  }

  /// "no dip", "well after 0.3 s", "not well again".
  public static String recovery(FaultCell cell) {
    if (!cell.recovered()) {
      return "not well again";
    }
    return cell.recoveryNanos().high() == 0
        ? "no dip"
        : "well after " + cell.recoveryNanos().words(Quantity::time);
  }

  /// What is still there at the end: "1.0 CPUs busy, 400 threads"; empty if nothing is.
  public static String remains(FaultCell cell) {
    List<String> parts = new ArrayList<>();
    if (cell.burnsCpu()) {
      parts.add(String.format(Locale.ROOT, "%.1f CPUs busy for nobody", cell.idleCpus().middle()));
    }
    if (cell.holdsThreads()) {
      parts.add(count(cell.moreThreads().middle()) + " threads");
    }
    if (cell.holdsDescriptors()) {
      parts.add(count(cell.moreDescriptors().middle()) + " descriptors");
    }
    if (cell.holdsMemory()) {
      parts.add(Quantity.memory(cell.moreBytes().middle()));
    }
    if (cell.staysWrong()) {
      parts.add("wrong replies");
    }
    return String.join(", ", parts);
  }

  /// What a person has to do.
  public static String person(FaultCell cell) {
    if (cell.fate() == Fate.DEAD) {
      return "start it again";
    }
    if (cell.staysWrong()) {
      return "restart it, and find the wrong replies";
    }
    if (!cell.recovered()) {
      return "restart it";
    }
    return cell.leavesSomething() ? "restart it some time" : "nothing";
  }

  /// One plain sentence of a row: what the fault costs with each model.
  public static String sentence(FaultFindings findings, Fault fault, Way way) {
    List<String> clauses =
        findings.models().stream()
            .flatMap(model -> findings.cell(fault, model, way).stream())
            .map(cell ->
                "with %s the service %s%s (%s)"
                    .formatted(cell.model().label(), fate(cell), missedClause(cell), doing(cell)))
            .toList();
    return clauses.isEmpty()
        ? ""
        : Wording.capital(fault.deed()) + ": " + String.join("; ", clauses) + ".";
  }

  private static String fate(FaultCell cell) {
    return switch (cell.fate()) {
      case DEAD -> "dies and stays dead";
      case RESTARTED ->
          cell.recovered()
              ? "dies and is well again after " + cell.recoveryNanos().words(Quantity::time)
              : "dies, is started again, and is not well again";
      case SURVIVED ->
          !cell.recovered()
              ? "survives but is not well again"
              : cell.recoveryNanos().high() == 0
                  ? "goes on"
                  : "is well again after " + cell.recoveryNanos().words(Quantity::time);
    };
  }

  private static String missedClause(FaultCell cell) {
    return cell.missed().high() == 0 ? "" : ", " + missed(cell);
  }

  private static String doing(FaultCell cell) {
    String remains = remains(cell);
    String todo = person(cell);
    return (remains.isEmpty() ? "" : remains + " left; ")
        + (todo.equals("nothing") ? "nobody has to do anything" : "somebody has to " + todo);
  }

  /// "1,234", of what the middle of some trials may make a fraction.
  public static String count(double value) {
    return Quantity.count(Math.round(value));
  }
}
