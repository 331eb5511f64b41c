package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// Verdict matrices: a row for each cell, a column for each pair of models.
final class FindingTables {

  /// Marks what rests on one launch of the JVM.
  static final String ONE_LAUNCH = "¹";

  private final Analysis analysis;

  FindingTables(Analysis analysis) {
    this.analysis = analysis;
  }

  /// Candidates against each other, a table for each metric that has findings.
  List<Table> amongCandidates() {
    return tables(
        "verdicts", "", finding -> candidate(finding.model()) && candidate(finding.against()));
  }

  /// Candidates against other runtimes.
  List<Table> againstPeers() {
    return tables(
        "peers",
        " against other runtimes",
        finding ->
            finding.model().role() == Model.Role.PEER
                || finding.against().role() == Model.Role.PEER);
  }

  /// Candidates against the JDK's own executors.
  List<Table> againstReferences() {
    return tables(
        "references",
        " against the JDK’s own executors",
        finding ->
            finding.model().role() == Model.Role.REFERENCE
                || finding.against().role() == Model.Role.REFERENCE);
  }

  private static boolean candidate(Model model) {
    return model.role() == Model.Role.CANDIDATE;
  }

  private record Pair(Model model, Model against) {
    static Pair of(Finding finding) {
      return new Pair(finding.model(), finding.against());
    }

    boolean mirrors(Pair other) {
      return model == other.against && against == other.model;
    }
  }

  private List<Table> tables(String name, String suffix, Predicate<Finding> wanted) {
    List<Finding> findings = analysis.findings().stream().filter(wanted).toList();
    List<Table> tables = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      List<Finding> ofMetric = findings.stream().filter(f -> f.metric() == metric).toList();
      if (!ofMetric.isEmpty()) {
        tables.add(table(name, suffix, metric, ofMetric));
      }
    }
    return tables;
  }

  private Table table(String name, String suffix, Metric metric, List<Finding> findings) {
    List<Pair> pairs = pairs(findings);
    Set<Cell> cells = new LinkedHashSet<>();
    findings.forEach(finding -> cells.add(finding.cell()));
    List<Entry> columns = new ArrayList<>();
    columns.add(Entry.of("cell"));
    for (Pair pair : pairs) {
      columns.add(Entry.of(pair.model().id() + " / " + pair.against().id()));
    }
    columns.add(Entry.of("noise (A/A)"));
    CellNames names = new CellNames(cells, analysis.taskTimes()::brief);
    List<List<Entry>> rows = new ArrayList<>();
    for (Cell cell : cells) {
      List<Entry> row = new ArrayList<>();
      row.add(Entry.of(names.name(cell)));
      for (Pair pair : pairs) {
        row.add(entry(metric, findings, cell, pair));
      }
      row.add(noise(metric, cell));
      rows.add(row);
    }
    String what = metric.label();
    return new Table(
        name + "-" + metric.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        what.substring(0, 1).toUpperCase(Locale.ROOT)
            + what.substring(1)
            + suffix
            + ": ratio of the first to the second, "
            + Phrases.direction(metric)
            + Phrases.inBrackets(names.common()),
        columns,
        rows);
  }

  /// Each pair once, in the direction that was found first.
  private static List<Pair> pairs(List<Finding> findings) {
    List<Pair> pairs = new ArrayList<>();
    for (Finding finding : findings) {
      Pair pair = Pair.of(finding);
      if (pairs.stream().noneMatch(known -> known.equals(pair) || known.mirrors(pair))) {
        pairs.add(pair);
      }
    }
    return pairs;
  }

  private static Entry entry(Metric metric, List<Finding> findings, Cell cell, Pair pair) {
    return findings.stream()
        .filter(finding -> finding.cell().equals(cell) && Pair.of(finding).equals(pair))
        .findFirst()
        .map(finding ->
            new Entry(
                words(metric, finding) + together(launches(finding)),
                Phrases.style(finding.verdict())))
        .orElse(Entry.number(Quantity.NOT_MEASURED));
  }

  /// The verdict and the ratio, which stands beside no verdict that it is too wide for.
  private static String words(Metric metric, Finding finding) {
    if (!finding.ratio().hasInterval()) {
      return "? too few tasks";
    }
    String verdict = Phrases.verdict(metric, finding.verdict());
    return finding.verdict() == Verdict.UNMEASURED
        ? verdict
        : together(verdict) + " " + together(Numbers.ratio(finding.ratio()));
  }

  private static String launches(Finding finding) {
    return finding.ratio().samples() == 1 ? " " + ONE_LAUNCH : "";
  }

  /// On a narrow page an entry breaks between verdict and ratio, and nowhere else.
  private static String together(String words) {
    return words.replace(' ', '\u00a0');
  }

  private Entry noise(Metric metric, Cell cell) {
    return analysis.noise().stream()
        .filter(finding -> finding.metric() == metric && finding.cell().equals(cell))
        .findFirst()
        .map(finding -> Entry.number(Numbers.ratio(finding.ratio())))
        .orElse(Entry.number(Quantity.NOT_MEASURED));
  }
}
