package dev.forklab.reports.chart;

import dev.forklab.results.Model;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A color of a report, once for light paper and once for dark: those of the models, and those of
/// what is around them.
///
/// Pictures in files of their own are drawn with the light colors. In SVG each of them is a CSS
/// variable, so that one drawing serves both schemes.
///
/// @param id its name in CSS
/// @param light as 0xRRGGBB
/// @param dark as 0xRRGGBB
public record Palette(String id, int light, int dark) {

  public static final Palette PAPER = new Palette("paper", 0xFFFFFF, 0x15181C);
  public static final Palette INK = new Palette("ink", 0x1B1B1D, 0xECEDEE);
  public static final Palette MUTED = new Palette("muted", 0x55585D, 0xA9AEB5);
  public static final Palette GRID = new Palette("grid", 0xDFE1E4, 0x33383F);
  public static final Palette REGION = new Palette("region", 0xF1EFE9, 0x23272C);

  /// The color of a model, everywhere. Injected models have that of the model that they are.
  public static Palette of(Model model) {
    Model drawn = model.role() == Model.Role.INJECTED ? model.counterpart().orElseThrow() : model;
    return new Palette(drawn.id(), drawn.mark().light(), drawn.mark().dark());
  }

  /// Every color.
  static List<Palette> all() {
    return Stream.concat(
            Stream.of(PAPER, INK, MUTED, GRID, REGION),
            Arrays.stream(Model.values()).map(Palette::of))
        .distinct()
        .toList();
  }

  /// The name of the CSS variable that holds this color.
  public String variable() {
    return "--" + id;
  }

  /// CSS declarations of all variables for the light scheme, one a line.
  public static List<String> lightDeclarations() {
    return all().stream().map(entry -> entry.declaration(entry.light)).toList();
  }

  /// CSS declarations of all variables for the dark scheme, one a line.
  public static List<String> darkDeclarations() {
    return all().stream().map(entry -> entry.declaration(entry.dark)).toList();
  }

  /// CSS rules that give what belongs to a model its color, as `--swatch`.
  static String swatches() {
    return Arrays.stream(Model.values())
        .filter(model -> model.role() != Model.Role.INJECTED)
        .map(model -> ".m-" + model.id() + " { --swatch: var(" + of(model).variable() + "); }\n")
        .collect(Collectors.joining());
  }

  Color color() {
    return new Color(light);
  }

  private String declaration(int rgb) {
    return String.format(Locale.ROOT, "%s: #%06X;", variable(), rgb);
  }
}
