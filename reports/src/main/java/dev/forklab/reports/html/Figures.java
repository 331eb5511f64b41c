package dev.forklab.reports.html;

import dev.forklab.reports.chart.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Charts on the page: the drawing, its caption, and its table.
final class Figures {

  private final List<Chart> charts;

  Figures(List<Chart> charts) {
    this.charts = charts;
  }

  /// The chart of this id, if there is one, and the table if it has rows.
  List<Html> of(String id, Table table) {
    List<Html> parts = new ArrayList<>();
    chart(id).ifPresent(parts::add);
    if (!table.isEmpty()) {
      parts.add(table.html());
    }
    return parts;
  }

  Optional<Html> chart(String id) {
    return charts.stream().filter(chart -> chart.id().equals(id)).findFirst().map(Figures::figure);
  }

  private static Html figure(Chart chart) {
    String title = "figure-" + chart.id() + "-title";
    String note = "figure-" + chart.id() + "-note";
    Html.Element drawing =
        Html.element("div", new Html.Trusted(chart.inlineSvg(title, note)))
            .with("class", "scroll")
            .with("role", "region")
            .with("tabindex", "0")
            .with("aria-labelledby", title);
    return Html.element(
            "figure",
            Html.element("h3", chart.title()).with("id", title),
            Html.element("p", chart.subtitle()).with("class", "subtitle"),
            drawing,
            Html.element("figcaption", chart.footnote()).with("id", note))
        .with("id", "figure-" + chart.id());
  }
}
