package dev.forklab.reports.html;

import dev.forklab.reports.chart.Chart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Charts on the page: the drawing with its sentence, which is where its link leads, and its table.
final class Figures {

  /// Those that stand nowhere yet.
  private final List<Chart> charts;

  private final Set<String> placed = new HashSet<>();

  Figures(List<Chart> charts) {
    this.charts = new ArrayList<>(charts);
  }

  /// The chart of this id, if there is one, and the table if it has rows: to be opened beside a
  /// chart, and as it is without one.
  List<Html> of(String id, Table table) {
    List<Html> parts = new ArrayList<>();
    Optional<Html> chart = take(id);
    chart.ifPresent(parts::add);
    if (chart.isEmpty() && placed.contains(id)) {
      parts.add(
          Html.element(
              "p",
              Html.element("a", "The chart stands beside the answer.")
                  .with("href", "#figure-" + id)));
    }
    if (!table.isEmpty()) {
      parts.add(placed.contains(id) ? folded("As a table", table) : table.html());
    }
    return parts;
  }

  /// A table behind its name.
  static Html folded(Table table) {
    return folded(table.caption(), table);
  }

  private static Html folded(String summary, Table table) {
    return Html.element("details", Html.element("summary", summary), table.html());
  }

  /// The chart of this id, if there is one and it does not stand elsewhere.
  Optional<Html> take(String id) {
    return take(id, "h3");
  }

  /// @param heading the element of its sentence, as deep as the outline of the page is there
  Optional<Html> take(String id, String heading) {
    Optional<Chart> found = charts.stream().filter(chart -> chart.id().equals(id)).findFirst();
    found.ifPresent(charts::remove);
    found.map(Chart::id).ifPresent(placed::add);
    return found.map(chart -> figure(chart, heading));
  }

  private static Html figure(Chart chart, String heading) {
    String id = "figure-" + chart.id();
    String title = id + "-title";
    String note = id + "-note";
    Html.Element drawing =
        Html.element("div", new Html.Trusted(chart.inlineSvg(title, note)))
            .with("class", "scroll")
            .with("role", "region")
            .with("tabindex", "0")
            .with("aria-labelledby", title);
    Html.Element link =
        Html.element("a", "#")
            .with("class", "anchor")
            .with("href", "#" + id)
            .with("aria-label", "Link to this chart");
    return Html.element(
            "figure",
            Html.element(heading, Html.element("span", chart.title()).with("id", title), link),
            Html.element("p", chart.subtitle()).with("class", "subtitle"),
            drawing,
            Html.element("figcaption", chart.footnote()).with("id", note))
        .with("id", id);
  }
}
