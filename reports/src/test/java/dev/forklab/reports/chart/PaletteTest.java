package dev.forklab.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PaletteTest {

  /// Viénot, Brettel and Mollon, *Digital video colormaps for checking the legibility of displays
  /// by dichromats* (1999): what remains of linear RGB without the long, and without the middle
  /// wavelength cones.
  private static final double[][] PROTANOPIA = {
    {0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}
  };

  private static final double[][] DEUTERANOPIA = {
    {0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}
  };

  private static final List<Palette> CHARTED =
      Arrays.stream(Model.values())
          .filter(model -> List.of(Role.BASELINE, Role.CANDIDATE, Role.PEER).contains(model.role()))
          .map(Palette::of)
          .toList();

  private static final double JUST_NOTICEABLE = 2.3;

  @Test
  void chartedModelsStayApartForColorBlindReaders() {
    for (List<String> scheme : List.of(Palette.lightDeclarations(), Palette.darkDeclarations())) {
      for (double[][] vision : List.of(PROTANOPIA, DEUTERANOPIA)) {
        for (Palette one : CHARTED) {
          for (Palette other : CHARTED) {
            if (!one.equals(other)) {
              double distance =
                  distance(seen(vision, rgb(scheme, one)), seen(vision, rgb(scheme, other)));
              assertThat(distance).as(one + " and " + other).isGreaterThan(5 * JUST_NOTICEABLE);
            }
          }
        }
      }
    }
  }

  @Test
  void labelsAreLegibleOnPaperInBothSchemes() {
    for (List<String> scheme : List.of(Palette.lightDeclarations(), Palette.darkDeclarations())) {
      double paper = luminance(rgb(scheme, Palette.PAPER));
      for (Palette model : CHARTED) {
        assertThat(contrast(paper, luminance(rgb(scheme, model))))
            .as("%s as large text, WCAG 2.2 AA", model)
            .isGreaterThanOrEqualTo(3);
      }
      for (Palette text : List.of(Palette.INK, Palette.MUTED)) {
        assertThat(contrast(paper, luminance(rgb(scheme, text))))
            .as("%s as text, WCAG 2.2 AA", text)
            .isGreaterThanOrEqualTo(4.5);
      }
    }
  }

  @Test
  void colorsCanBeToldApartByTheirValue() {
    assertThat(Palette.all()).extracting(Palette::color).doesNotHaveDuplicates();
  }

  /// Linear RGB of an entry.
  private static double[] rgb(List<String> declarations, Palette entry) {
    for (String declaration : declarations) {
      Matcher matcher =
          Pattern.compile(Pattern.quote(entry.variable()) + ": #(\\w{2})(\\w{2})(\\w{2});")
              .matcher(declaration);
      if (matcher.matches()) {
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
          double value = Integer.parseInt(matcher.group(i + 1), 16) / 255.0;
          rgb[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return rgb;
      }
    }
    throw new AssertionError("no " + entry + " in " + declarations);
  }

  private static double[] seen(double[][] vision, double[] rgb) {
    double[] seen = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        seen[i] += vision[i][j] * rgb[j];
      }
    }
    return seen;
  }

  /// CIE 1976 difference of two linear RGB colors.
  private static double distance(double[] one, double[] other) {
    double[] a = lab(one);
    double[] b = lab(other);
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  private static double[] lab(double[] rgb) {
    double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
    double y = f(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
    double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double f(double t) {
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
  }

  private static double luminance(double[] rgb) {
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  }

  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }
}
