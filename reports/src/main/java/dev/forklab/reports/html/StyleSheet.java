package dev.forklab.reports.html;

import dev.forklab.reports.chart.Palette;
import dev.forklab.results.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The page's style: colors from the charts' palette, everything else from `report.css`.
final class StyleSheet {

  private static final String SOURCE = "report.css";

  private StyleSheet() {}

  static String css() {
    StringBuilder css = new StringBuilder();
    css.append(rule(":root", Palette.lightDeclarations()));
    css.append("@media screen and (prefers-color-scheme: dark) {\n");
    css.append(rule(":root", Palette.darkDeclarations()));
    css.append("}\n");
    for (Model model : Model.values()) {
      if (model.role() == Model.Role.INJECTED) {
        continue;
      }
      String color = "--swatch: var(" + Palette.of(model).variable() + ");";
      css.append(rule(".m-" + model.id(), List.of(color)));
    }
    return css + source();
  }

  private static String rule(String selector, List<String> declarations) {
    return selector + " {\n  " + String.join("\n  ", declarations) + "\n}\n";
  }

  private static String source() {
    try (InputStream in = StyleSheet.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            "expected " + SOURCE + " beside " + StyleSheet.class + "; the build is incomplete");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
