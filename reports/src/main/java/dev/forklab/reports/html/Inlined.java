package dev.forklab.reports.html;

import dev.forklab.reports.chart.Bundled;
import dev.forklab.reports.chart.Chart;
import dev.forklab.reports.chart.Palette;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/// The page's style sheet and script, which stand in it. The content security policy names them by
/// their digests, so that nothing else on the page is style or runs, wherever it came from.
record Inlined(String style, String script) {

  private static final String STYLE = "report.css";
  private static final String SCRIPT = "report.js";

  static Inlined read() {
    return new Inlined(
        colors() + Chart.style() + Bundled.text(STYLE, Inlined.class),
        Bundled.text(SCRIPT, Inlined.class));
  }

  /// Nothing is loaded at all, so that what reads well here reads well anywhere.
  String policy() {
    return "default-src 'none'; style-src '"
        + digest(style)
        + "'; script-src '"
        + digest(script)
        + "'; img-src data:; base-uri 'none'; form-action 'none'";
  }

  Html styleElement() {
    return new Html.Trusted("<style>" + style + "</style>");
  }

  Html scriptElement() {
    return new Html.Trusted("<script>" + script + "</script>");
  }

  private static String colors() {
    return rule(":root", Palette.lightDeclarations())
        + "@media screen and (prefers-color-scheme: dark) {\n"
        + rule(":root", Palette.darkDeclarations())
        + "}\n";
  }

  private static String rule(String selector, List<String> declarations) {
    return selector + " {\n  " + String.join("\n  ", declarations) + "\n}\n";
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
