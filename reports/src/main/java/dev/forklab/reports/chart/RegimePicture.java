package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.cost.RegimeMap;
import dev.forklab.reports.cost.RegimeMap.Spot;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which model wins for which task and message, as a map.
record RegimePicture(Caption caption, RegimeMap map) implements Picture {

  /// Empty where nothing can be predicted.
  static Optional<RegimePicture> of(Analysis analysis) {
    return analysis
        .cost()
        .flatMap(cost -> RegimeMap.of(cost).map(map -> new RegimePicture(caption(cost, map), map)));
  }

  private static Caption caption(CostModel cost, RegimeMap map) {
    long free = map.spots().stream().filter(Spot::isolationNearlyFree).count();
    long expensive = map.spots().stream().filter(Spot::isolationExpensive).count();
    return new Caption(
        "regimes",
        String.format(
            Locale.ROOT,
            "Isolation certainly costs less than %s of throughput in %d of %d combinations of task"
                + " and message, more than %s in %d",
            Quantity.percent(RegimeMap.NEARLY_FREE),
            free,
            map.spots().size(),
            Quantity.percent(RegimeMap.EXPENSIVE),
            expensive),
        "the fastest model and by how much it leads the next that is certainly slower; "
            + CellNames.workers(cost.base()),
        "Stronger colors: a greater lead. Stripes: models that cannot be told apart, or are the same"
            + " within "
            + Quantity.percent(Analysis.EQUIVALENCE_MARGIN)
            + ". Gray: no difference at all. Solid with a dot: measured.");
  }

  @Override
  public Set<Caution> cautions() {
    return map.spots().stream().allMatch(Spot::measured) ? Set.of() : Set.of(Caution.PREDICTED);
  }

  @Override
  public String svg(Rendering rendering) {
    return new RegimeSvg(this, rendering).svg();
  }
}
