package dev.forklab.reports.html;

import dev.forklab.reports.sample.SampleAnalyses;
import java.io.IOException;
import java.nio.file.Path;

/// Writes the sample report and prints why it has no PNG charts, or nothing; the child of
/// [NoFontTest].
final class NoFontMain {

  private NoFontMain() {}

  public static void main(String[] arguments) throws IOException {
    ReportWriter.write(SampleAnalyses.complete(), Path.of("run"), Path.of(arguments[0]))
        .withoutPictures()
        .ifPresent(System.out::println);
  }
}
