package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;

/// The verdict matrices.
final class FindingSection {

  private final FindingTables tables;
  private final Figures figures;

  FindingSection(Analysis analysis, Figures figures) {
    tables = new FindingTables(analysis);
    this.figures = figures;
  }

  Section section() {
    List<Html> content = new ArrayList<>();
    List<Table> among = tables.amongCandidates();
    List<Table> others = new ArrayList<>(tables.againstPeers());
    others.addAll(tables.againstReferences());
    if (!among.isEmpty() || !others.isEmpty()) {
      content.add(Html.element("p", explanation()));
    }
    if (!among.isEmpty()) {
      content.add(among.getFirst().html());
      figures.take("throughput-findings").ifPresent(content::add);
      among.subList(1, among.size()).forEach(table -> content.add(table.html()));
    }
    others.forEach(table -> content.add(table.html()));
    return new Section("verdicts", "Findings and verdicts", content);
  }

  private static String explanation() {
    return "Each entry compares two models in one cell: the verdict, then the ratio with its"
        + " interval, widened for the many comparisons of a run and never narrower than the noise."
        + " Same means within "
        + Quantity.percent(Analysis.EQUIVALENCE_MARGIN)
        + ", and is a finding; inconclusive means that the interval allows for more than one of"
        + " these. An interval wider than a factor of "
        + Estimate.MOST_FACTOR
        + " either way, or none, is "
        + Verdict.UNMEASURED_WORDS
        + " and has no ratio here ("
        + Verdict.WHAT_HELPS
        + "). More time narrows it, but nothing is called the same whose noise floor is wider"
        + " than that margin. "
        + FindingTables.ONE_LAUNCH
        + " marks what rests on one launch of the JVM. The last column is the baseline against"
        + " itself: what this machine makes of no difference at all.";
  }
}
