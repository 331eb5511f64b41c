package dev.forklab.reports.chart;

import dev.forklab.results.Model;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Every colour of a report, once for light paper and once for dark.
///
/// Charts are drawn with the light colours. On the page each of them becomes a CSS variable of the
/// same meaning, so that one drawing serves both schemes. No two entries share a light colour,
/// since that is how the drawing's colours are told apart.
public enum Palette {
  PAPER("paper", 0xFFFFFF, 0x15181C),
  INK("ink", 0x1B1B1D, 0xECEDEE),
  MUTED("muted", 0x55585D, 0xA9AEB5),
  GRID("grid", 0xDFE1E4, 0x33383F),
  REGION("region", 0xF1EFE9, 0x23272C),
  INLINE("inline", 0x6B6E73, 0x9DA3AB),
  CONTROL("inline-control", 0x8D9096, 0x80868E),
  FORK("fork", 0xD55E00, 0xFF8B3D),
  THREADS("threads", 0x0072B2, 0x56A8E0),
  VIRTUAL("virtual", 0x008F68, 0x35C49A),
  JDK_FIXED("jdk-fixed", 0x56B4E9, 0x8FCDF0),
  JDK_VIRTUAL("jdk-virtual", 0xCC79A7, 0xE3A3C6),
  JDK_FORKJOIN("jdk-forkjoin", 0xC98B00, 0xEDBB4A),
  NODE("node", 0x2B1A5A, 0x7A7CFF),
  NODE_THREADS("node-threads", 0x8A5BE8, 0xE9C9F0),
  PYTHON("python", 0x6E1423, 0xF4F08A);

  private final String id;
  private final int light;
  private final int dark;

  Palette(String id, int light, int dark) {
    this.id = id;
    this.light = light;
    this.dark = dark;
  }

  /// The colour of a model, everywhere.
  public static Palette of(Model model) {
    return switch (model) {
      case INLINE -> INLINE;
      case CONTROL -> CONTROL;
      case FORK -> FORK;
      case THREADS -> THREADS;
      case VIRTUAL -> VIRTUAL;
      case JDK_FIXED -> JDK_FIXED;
      case JDK_VIRTUAL -> JDK_VIRTUAL;
      case JDK_FORKJOIN -> JDK_FORKJOIN;
      case NODE -> NODE;
      case NODE_THREADS -> NODE_THREADS;
      case PYTHON -> PYTHON;
      case PLANTED_0, PLANTED_1, PLANTED_2, PLANTED_3, PLANTED_5, PLANTED_10 -> THREADS;
    };
  }

  /// The name of the CSS variable that holds this colour.
  public String variable() {
    return "--" + id;
  }

  /// CSS declarations of all variables for the light scheme, one a line.
  public static List<String> lightDeclarations() {
    return declarations(false);
  }

  /// CSS declarations of all variables for the dark scheme, one a line.
  public static List<String> darkDeclarations() {
    return declarations(true);
  }

  Color color() {
    return new Color(light);
  }

  private static List<String> declarations(boolean dark) {
    List<String> lines = new ArrayList<>();
    for (Palette entry : values()) {
      lines.add(
          String.format(
              Locale.ROOT, "%s: #%06X;", entry.variable(), dark ? entry.dark : entry.light));
    }
    return lines;
  }
}
