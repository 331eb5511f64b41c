package dev.forklab.reports.analysis;

import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.cost.RegimeMap.Spot;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.stream.Collectors;

/// A spot of a regime map in words.
public final class RegimeWords {

  private RegimeWords() {}

  /// "threads, virtual ×1.12", "no difference".
  public static String winners(Spot spot) {
    return spot.lead()
        .map(lead ->
            spot.best().stream().sorted().map(Model::id).collect(Collectors.joining(", "))
                + (lead.ratio().tooWide() ? ", " : " ")
                + factor(lead.ratio()))
        .orElse("no difference");
  }

  /// "×1.12"; of an interval too wide for a number, the end that is certain: "over ×3".
  public static String factor(Known ratio) {
    return ratio.tooWide()
        ? "over ×" + Quantity.number(ratio.low())
        : "×" + Quantity.number(ratio.value());
  }

  /// What isolation costs where there is little room: "isolation −12%".
  public static String change(Known ratio) {
    if (ratio.tooWide()) {
      return ratio.high() < 1
          ? "isolation < −" + Quantity.percent(1 - ratio.high())
          : "isolation ?";
    }
    return ratio.value() >= 1
        ? "isolation free"
        : "isolation −" + Quantity.percent(1 - ratio.value());
  }

  /// "isolation costs 12%"; empty where only one kind of model was measured.
  public static String isolation(Spot spot) {
    return spot.isolation().map(RegimeWords::cost).orElse("");
  }

  private static String cost(Known ratio) {
    if (ratio.tooWide() && ratio.high() < 1) {
      return "isolation costs over " + Quantity.percent(1 - ratio.high());
    }
    if (ratio.tooWide()) {
      return "what isolation costs is not known";
    }
    return ratio.value() >= 1
        ? "isolation costs nothing"
        : "isolation costs " + Quantity.percent(1 - ratio.value());
  }
}
