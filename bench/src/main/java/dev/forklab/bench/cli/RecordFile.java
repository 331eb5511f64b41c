package dev.forklab.bench.cli;

import dev.forklab.reports.decision.Decision;
import dev.forklab.reports.html.DecisionRecord;
import dev.forklab.reports.html.DecisionRecord.EvidenceLink;
import dev.forklab.reports.html.ReportWriter;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.WholeFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The file of a decision record: a new one, or one that this command wrote and nobody has accepted
/// yet. Anything else in its place stays.
final class RecordFile {

  /// What may lie in a run directory, and what is in it.
  private static final List<Map.Entry<String, String>> EVIDENCE =
      List.of(
          Map.entry(ReportWriter.REPORT_FILE, "the report, with charts"),
          Map.entry(ReportWriter.SUMMARY_FILE, "its summary"),
          Map.entry(ReportWriter.RESULTS_FILE, "all numbers, with intervals"),
          Map.entry(RunDirectory.RUN_FILE, "the plan and the machine"),
          Map.entry(RunDirectory.TRIALS_FILE, "the raw measurements"));

  private final Path path;

  private RecordFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /// A file that can be written.
  static RecordFile checked(Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      String found = inTheWay(path);
      if (!found.isEmpty()) {
        throw new UserError(
            ExitCode.FILES,
            "expected a new file in --adr, or a proposed record that lab decide wrote, found %s in %s; name another"
                .formatted(found, path));
      }
    }
    return new RecordFile(path);
  }

  private static String inTheWay(Path path) {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "a directory" : "a link";
    }
    try {
      List<String> lines = Files.readAllLines(path);
      boolean ours = !lines.isEmpty() && lines.getLast().equals(DecisionRecord.MARK);
      if (!ours) {
        return "another file";
      }
      return lines.size() > 1 && lines.get(1).equals(DecisionRecord.PROPOSED)
          ? ""
          : "a record that is no longer proposed";
    } catch (CharacterCodingException e) {
      return "another file";
    } catch (IOException e) {
      return "a file that cannot be read (" + FileProblems.reason(e) + ")";
    }
  }

  /// Writes it, whole or not at all.
  void write(Decision decision, Run run, Path runDirectory, LocalDate date, List<String> makers) {
    try {
      Path folder = Objects.requireNonNull(path.toAbsolutePath().normalize().getParent());
      Files.createDirectories(folder);
      String text =
          new DecisionRecord(decision, run, links(folder, runDirectory), date, makers).markdown();
      WholeFile.write(path, text);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.FILES,
          "cannot write the decision record %s (%s); name another in --adr"
              .formatted(path, FileProblems.reason(e)),
          e);
    }
  }

  private static List<EvidenceLink> links(Path folder, Path runDirectory) {
    Path run = runDirectory.toAbsolutePath().normalize();
    return EVIDENCE.stream()
        .filter(each -> Files.exists(run.resolve(each.getKey())))
        .map(each -> {
          String relative = folder.relativize(run.resolve(each.getKey())).toString();
          return new EvidenceLink(relative.replace(File.separatorChar, '/'), each.getValue());
        })
        .toList();
  }
}
