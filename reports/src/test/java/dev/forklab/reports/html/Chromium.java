package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A headless Chromium of this machine, one process a call.
///
/// @param executable where it is
/// @param scratch an empty directory for its profile and its output
record Chromium(Path executable, Path scratch) {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long DEADLINE_SECONDS = 120;

  /// What it printed: the page's DOM after its scripts, and its own log.
  record Visit(String dom, String log) {

    List<String> consoleMessages() {
      return log.lines().filter(line -> line.contains(":CONSOLE")).toList();
    }
  }

  static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(java.io.File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Opens a page and lets its scripts run.
  Visit dump(Path page, String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--dump-dom", "--virtual-time-budget=10000"));
    return run(page, arguments);
  }

  /// A picture of the top of a page.
  Path screenshot(Path page, int width, int height) throws IOException, InterruptedException {
    Path picture = scratch.resolve("screenshot.png");
    run(
        page,
        List.of(
            "--screenshot=" + picture,
            "--window-size=" + width + "," + height,
            "--hide-scrollbars"));
    return picture;
  }

  private Visit run(Path page, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--hide-scrollbars",
            "--user-data-dir=" + scratch.resolve("profile"),
            "--allow-file-access-from-files",
            "--enable-logging=stderr"));
    command.addAll(arguments);
    command.add(page.toUri().toString());
    Path dom = scratch.resolve("dom");
    Path log = scratch.resolve("log");
    Process browser =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(browser.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).as("chromium ended").isTrue();
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly().waitFor();
    }
    assertThat(browser.exitValue()).as(Files.readString(log)).isZero();
    return new Visit(Files.readString(dom), Files.readString(log));
  }
}
