package dev.forklab.bench.cli;

import java.io.Writer;
import java.text.Normalizer;

/// Writes text for a terminal that shows ASCII only: `+-` for ±, letters without their accents.
final class AsciiWriter extends RewritingWriter {

  AsciiWriter(Writer out) {
    super(out);
  }

  @Override
  String rewritten(String text) {
    return plain(text);
  }

  static String plain(String text) {
    if (text.chars().allMatch(character -> character < 128)) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    text.codePoints().forEach(point -> plain.append(plain(point)));
    return plain.toString();
  }

  private static String plain(int point) {
    return switch (point) {
      case '±' -> "+-";
      case '×' -> "x";
      case 'µ', 'μ' -> "u";
      case '–', '—', '−' -> "-";
      case '’', '‘' -> "'";
      case '“', '”' -> "\"";
      case '→' -> "->";
      default -> {
        String decomposed =
            Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKD)
                .replaceAll("[^\\x00-\\x7f]", "");
        yield decomposed.isEmpty() ? "?" : decomposed;
      }
    };
  }
}
