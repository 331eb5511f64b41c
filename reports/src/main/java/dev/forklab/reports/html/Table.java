package dev.forklab.reports.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table of finished text, for the page and for the summary alike.
///
/// @param id unique in the report
/// @param caption what it shows, with what was held constant
/// @param columns headings; the first column names the rows
/// @param rows each as long as the headings
record Table(String id, String caption, List<Entry> columns, List<List<Entry>> rows) {

  Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Entry> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "expected " + columns.size() + " entries in each row of " + id + ", found " + row);
      }
    }
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /// One entry: its text, and the class that the page's style sheet knows it by (empty for none).
  record Entry(String text, String style) {

    static Entry of(String text) {
      return new Entry(text, "");
    }

    static Entry number(String text) {
      return new Entry(text, "number");
    }
  }

  static List<Entry> entries(String... texts) {
    return Arrays.stream(texts).map(Entry::of).toList();
  }

  static List<Entry> row(Entry first, List<Entry> rest) {
    List<Entry> row = new ArrayList<>();
    row.add(first);
    row.addAll(rest);
    return row;
  }

  /// A scroll area that the keyboard reaches, with the table in it.
  Html html() {
    Html.Element caption = Html.element("caption", caption()).with("id", id + "-caption");
    Html.Element head =
        Html.element(
            "thead",
            Html.element("tr", columns.stream().map(column -> heading(column, "col")).toList()));
    Html.Element body = Html.element("tbody", rows.stream().map(Table::htmlRow).toList());
    return Html.element("div", Html.element("table", caption, head, body).with("id", id))
        .with("class", "scroll")
        .with("role", "region")
        .with("tabindex", "0")
        .with("aria-labelledby", id + "-caption");
  }

  private static Html htmlRow(List<Entry> row) {
    List<Html> cells = new ArrayList<>();
    cells.add(heading(row.getFirst(), "row"));
    for (Entry entry : row.subList(1, row.size())) {
      cells.add(styled(Html.element("td", entry.text()), entry));
    }
    return Html.element("tr", cells);
  }

  private static Html heading(Entry entry, String scope) {
    return styled(Html.element("th", entry.text()).with("scope", scope), entry);
  }

  private static Html.Element styled(Html.Element element, Entry entry) {
    return entry.style().isEmpty() ? element : element.with("class", entry.style());
  }
}
