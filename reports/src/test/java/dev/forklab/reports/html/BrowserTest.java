package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.reports.html.Chromium.Visit;
import dev.forklab.reports.sample.SampleAnalyses;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser.
final class BrowserTest {

  /// Measures the page in a frame as wide as a phone and in one as wide as a laptop.
  private static final String PROBE =
      """
      <!DOCTYPE html>
      <iframe style="border:0;width:360px;height:800px" src="report.html"></iframe>
      <iframe style="border:0;width:1280px;height:800px" src="report.html"></iframe>
      <pre></pre>
      <script>
        addEventListener('load', () => {
          const lines = [...document.querySelectorAll('iframe')].map(frame => {
            const page = frame.contentDocument;
            const root = page.documentElement;
            const charts = [...page.querySelectorAll('svg')];
            const blank = charts.filter(chart => chart.getBoundingClientRect().height < 100);
            return 'width=' + root.clientWidth + ' scroll=' + root.scrollWidth
                + ' charts=' + charts.length + ' blank=' + blank.length
                + ' paper=' + frame.contentWindow.getComputedStyle(page.body).backgroundColor;
          });
          document.querySelector('pre').textContent = lines.join('\\n');
        });
      </script>
      """;

  private static final Pattern MEASURED =
      Pattern.compile("width=(\\d+) scroll=(\\d+) charts=(\\d+) blank=(\\d+) paper=(rgb\\S.*\\))");

  @TempDir(cleanup = CleanupMode.ALWAYS)
  Path directory;

  private Chromium chromium;

  @BeforeEach
  void findChromium() throws IOException {
    Optional<Path> executable = Chromium.find();
    assumeTrue(executable.isPresent(), "no chromium in PATH: the page was not tried in a browser");
    chromium =
        new Chromium(executable.orElseThrow(), Files.createDirectory(directory.resolve("scratch")));
    ReportWriter.write(SampleAnalyses.withReferences(), directory, directory);
    Files.writeString(directory.resolve("probe.html"), PROBE);
  }

  @Test
  void thePageFitsPhonesAndLaptopsAndNothingIsWrongOnTheConsole() throws Exception {
    Visit visit = chromium.dump(directory.resolve("probe.html"));

    assertThat(visit.consoleMessages()).isEmpty();
    List<Matcher> measured = measured(visit);
    assertThat(measured).extracting(match -> match.group(1)).containsExactly("360", "1280");
    assertThat(measured)
        .allSatisfy(match -> {
          assertThat(match.group(2)).as("no horizontal overflow").isEqualTo(match.group(1));
          assertThat(match.group(3)).isEqualTo("9");
          assertThat(match.group(4)).as("charts without height").isEqualTo("0");
          assertThat(match.group(5)).isEqualTo("rgb(255, 255, 255)");
        });
  }

  @Test
  void thePageIsDarkWhereDarkIsPreferred() throws Exception {
    Visit visit = chromium.dump(directory.resolve("probe.html"), "--force-dark-mode");

    assertThat(measured(visit)).allMatch(match -> match.group(5).equals("rgb(21, 24, 28)"));
  }

  @Test
  void theTopOfThePageIsNotBlank() throws Exception {
    Path picture = chromium.screenshot(directory.resolve(ReportWriter.REPORT_FILE), 1280, 800);

    BufferedImage image = ImageIO.read(picture.toFile());
    long colors =
        IntStream.range(0, image.getWidth() * image.getHeight())
            .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
            .distinct()
            .count();
    assertThat(colors).isGreaterThan(50);
  }

  private static List<Matcher> measured(Visit visit) {
    List<Matcher> lines = visit.dom().lines().map(MEASURED::matcher).filter(Matcher::find).toList();
    assertThat(lines).as(visit.dom()).hasSize(2);
    return lines;
  }
}
