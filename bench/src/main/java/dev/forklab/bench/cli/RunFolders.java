package dev.forklab.bench.cli;

import dev.forklab.results.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directory of a new run, and what had to be made for it.
///
/// @param made the directories made, innermost first
record RunFolders(RunDirectory directory, List<Path> made) {

  private static final Path DEFAULT_PARENT = Path.of("runs");
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  RunFolders {
    made = List.copyOf(made);
  }

  /// The directory asked for, or one named after the time.
  ///
  /// @param prefix what the name of a directory that was not asked for begins with
  /// @throws UserError if it exists with something in it, or cannot be made or written
  static RunFolders create(@Nullable Path asked, String prefix) {
    Path path =
        asked == null
            ? DEFAULT_PARENT.resolve(
                prefix + NAME.format(LocalDateTime.now(ZoneId.systemDefault())))
            : asked;
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UserError(
          ExitCode.FILES,
          "expected a directory in --out, found a file at " + path + "; name another");
    }
    List<Path> missing = missing(path);
    try {
      Files.createDirectories(path);
      if (!isEmpty(path)) {
        throw new UserError(ExitCode.FILES, notEmpty(path));
      }
      Files.delete(Files.createTempFile(path, "probe", ".tmp"));
      return new RunFolders(new RunDirectory(path), missing);
    } catch (IOException e) {
      removeEmpty(missing);
      throw new UserError(
          ExitCode.FILES,
          "expected a directory that can be written in --out, found %s (%s); name another"
              .formatted(path, FileProblems.reason(e)),
          e);
    }
  }

  /// Writes what a run begins with.
  interface Beginning {
    void write() throws IOException;
  }

  /// Writes the first file of the run; if that fails, no directory is left behind.
  ///
  /// @throws UserError if it cannot be written
  void begin(Beginning beginning) {
    try {
      beginning.write();
    } catch (IOException e) {
      abandon();
      throw new UserError(
          ExitCode.FILES,
          "cannot write into %s (%s); name another directory with --out"
              .formatted(directory.path(), FileProblems.reason(e)),
          e);
    }
  }

  /// Removes what was made, as far as it is still empty.
  void abandon() {
    removeEmpty(made);
  }

  private static String notEmpty(Path path) {
    String goOn =
        Files.exists(path.resolve(RunDirectory.RUN_FILE))
            ? ", or go on with the run in it: lab bench --resume " + ShellWord.of(path)
            : "";
    return "expected a new or empty directory in --out, found something in "
        + path
        + "; name another"
        + goOn;
  }

  private static List<Path> missing(Path path) {
    List<Path> missing = new ArrayList<>();
    for (Path each = path; each != null && !Files.exists(each); each = each.getParent()) {
      missing.add(each);
    }
    return missing;
  }

  private static void removeEmpty(List<Path> directories) {
    for (Path each : directories) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException e) {
        // Someone has put something there: it stays, and so do those around it.
        return;
      }
    }
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }
}
