package dev.forklab.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A piece of an HTML page. The only place where text becomes markup, and so the only place that
/// escapes: everything but [Trusted] is escaped when it is rendered.
sealed interface Html {

  /// Text, whatever it holds.
  record Text(String text) implements Html {}

  /// Markup that this program made itself: a drawing, a style sheet. Nothing that was measured,
  /// typed or read goes in here.
  record Trusted(String markup) implements Html {}

  /// An element with attributes and children.
  record Element(String name, List<Attribute> attributes, List<Html> children) implements Html {

    public Element {
      attributes = List.copyOf(attributes);
      children = List.copyOf(children);
    }

    Element with(String attribute, String value) {
      List<Attribute> more = new ArrayList<>(attributes);
      more.add(new Attribute(attribute, value));
      return new Element(name, more, children);
    }
  }

  record Attribute(String name, String value) {}

  /// Elements without content and end tag.
  Set<String> VOID = Set.of("meta", "link", "br", "hr", "img", "col");

  /// Elements that stand within a line of text, and are rendered so.
  Set<String> INLINE =
      Set.of("a", "abbr", "code", "em", "span", "strong", "time", "br", "th", "td");

  /// A command's option, which browsers would break after its first hyphen.
  Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  static Html text(String text) {
    return new Text(text);
  }

  static Element element(String name, Html... children) {
    return new Element(name, List.of(), List.of(children));
  }

  static Element element(String name, List<? extends Html> children) {
    return new Element(name, List.of(), List.copyOf(children));
  }

  static Element element(String name, String text) {
    return element(name, text(text));
  }

  /// The markup of this piece.
  default String render() {
    StringBuilder out = new StringBuilder();
    render(this, out);
    return out.toString();
  }

  private static void render(Html piece, StringBuilder out) {
    switch (piece) {
      case Text(String text) ->
          out.append(OPTION.matcher(escape(text)).replaceAll("<span class=\"option\">$0</span>"));
      case Trusted(String markup) -> out.append(markup);
      case Element element -> render(element, out);
    }
  }

  private static void render(Element element, StringBuilder out) {
    out.append('<').append(element.name());
    for (Attribute attribute : element.attributes()) {
      out.append(' ').append(attribute.name()).append("=\"");
      out.append(escape(attribute.value())).append('"');
    }
    out.append('>');
    if (VOID.contains(element.name())) {
      return;
    }
    boolean block = element.children().stream().anyMatch(Html::breaksLine);
    for (Html child : element.children()) {
      if (block) {
        out.append('\n');
      }
      render(child, out);
    }
    out.append(block ? "\n</" : "</").append(element.name()).append('>');
  }

  private static boolean breaksLine(Html piece) {
    return switch (piece) {
      case Text _ -> false;
      case Trusted _ -> true;
      case Element(String name, var _, var _) -> !INLINE.contains(name) || name.startsWith("t");
    };
  }

  /// Makes text harmless between tags and in quoted attributes; characters that HTML forbids become
  /// the replacement character.
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(character -> {
          switch (character) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(allowed(character) ? character : 0xFFFD);
          }
        });
    return out.toString();
  }

  private static boolean allowed(int character) {
    boolean control = Character.isISOControl(character) && character != '\n' && character != '\t';
    boolean surrogate = character >= 0xD800 && character <= 0xDFFF;
    boolean direction =
        (character >= 0x202A && character <= 0x202E)
            || (character >= 0x2066 && character <= 0x2069);
    return !control && !surrogate && !direction;
  }
}
