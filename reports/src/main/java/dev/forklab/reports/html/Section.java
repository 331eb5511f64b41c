package dev.forklab.reports.html;

import java.util.ArrayList;
import java.util.List;

/// A part of the page with a heading that the navigation names.
///
/// @param id unique on the page
record Section(String id, String heading, List<Html> content) {

  Section {
    content = List.copyOf(content);
  }

  boolean isEmpty() {
    return content.isEmpty();
  }

  Html html() {
    List<Html> parts = new ArrayList<>();
    parts.add(Html.element("h2", heading).with("id", id + "-heading"));
    parts.addAll(content);
    return Html.element("section", parts).with("id", id).with("aria-labelledby", id + "-heading");
  }
}
