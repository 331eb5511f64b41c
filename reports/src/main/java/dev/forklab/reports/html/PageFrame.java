package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;

import java.util.ArrayList;
import java.util.List;

/// A page that needs nothing else: a content security policy forbids it to load anything at all, so
/// that what reads well here reads well anywhere. A list of contents stays beside what is read.
final class PageFrame {

  private PageFrame() {}

  /// @param answer the first screen, an element with the id `answer`
  static String html(String title, Html answer, List<Section> sections, Html footer) {
    Inlined inlined = Inlined.read();
    List<Html> content = new ArrayList<>(List.of(answer));
    sections.forEach(section -> content.add(section.html()));
    Html body =
        element(
            "body",
            element("a", "Skip to the answer").with("class", "skip").with("href", "#answer"),
            contents(sections),
            element("main", content),
            footer,
            inlined.scriptElement());
    return "<!DOCTYPE html>\n"
        + element("html", head(title, inlined), body).with("lang", "en").render()
        + "\n";
  }

  private static Html head(String title, Inlined inlined) {
    return element(
        "head",
        element("meta").with("charset", "utf-8"),
        element("meta")
            .with("http-equiv", "Content-Security-Policy")
            .with("content", inlined.policy()),
        element("meta")
            .with("name", "viewport")
            .with("content", "width=device-width, initial-scale=1"),
        element("meta").with("name", "color-scheme").with("content", "light dark"),
        element("title", title),
        element("link").with("rel", "icon").with("href", "data:,"),
        inlined.styleElement());
  }

  private static Html contents(List<Section> sections) {
    List<Html> links = new ArrayList<>();
    links.add(element("li", element("a", "Answer").with("href", "#answer")));
    for (Section section : sections) {
      links.add(element("li", element("a", section.heading()).with("href", "#" + section.id())));
    }
    return element("nav", element("ul", links)).with("aria-label", "Contents");
  }
}
