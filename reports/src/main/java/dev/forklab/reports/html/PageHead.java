package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;

/// The head of a page that needs nothing else: a content security policy forbids it to load
/// anything at all, so that what reads well here reads well anywhere.
final class PageHead {

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

  private PageHead() {}

  static Html of(String title) {
    return element(
        "head",
        element("meta").with("charset", "utf-8"),
        element("meta").with("http-equiv", "Content-Security-Policy").with("content", POLICY),
        element("meta")
            .with("name", "viewport")
            .with("content", "width=device-width, initial-scale=1"),
        element("meta").with("name", "color-scheme").with("content", "light dark"),
        element("title", title),
        element("link").with("rel", "icon").with("href", "data:,"),
        element("style", new Html.Trusted(StyleSheet.css())));
  }
}
