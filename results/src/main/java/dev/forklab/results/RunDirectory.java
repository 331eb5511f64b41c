package dev.forklab.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A run's directory on disk: reads and writes its records.
///
/// A trial's line is written with one write and forced to the disk, so a run that is killed loses
/// at most the trial in hand; a last line without its line feed is such a torn trial and is
/// ignored. One writer at a time, which the lab's lock provides; any number of readers.
public final class RunDirectory {

  /// The version of the format that this lab writes.
  public static final int SCHEMA = 3;

  public static final String RUN_FILE = "run.json";
  public static final String TRIALS_FILE = "trials.jsonl";

  private static final RecordFormat FORMAT = new RecordFormat(SCHEMA);

  private final Path path;

  public RunDirectory(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  /// Writes `run.json`, whole or not at all.
  public void writeRun(Run run) throws IOException {
    FORMAT.write(file(RUN_FILE), run);
  }

  /// Appends one trial to `trials.jsonl` and forces it to the disk, in place of a torn line if
  /// there is one. If the disk is full, what was written of the line is taken back.
  public void append(Trial trial) throws IOException {
    RecordFormat.append(file(TRIALS_FILE), trial);
  }

  /// Reads `run.json`.
  ///
  /// @throws BrokenRunException if it is missing, broken, or newer than this lab
  public Run readRun() {
    return FORMAT.read(file(RUN_FILE), Run.class, "lab bench");
  }

  /// Reads all trials whose lines are complete, in the order they were measured; none if there is
  /// no such file yet.
  ///
  /// @throws BrokenRunException if a complete line is broken or newer than this lab
  public List<Trial> readTrials() {
    return FORMAT.readAll(file(TRIALS_FILE), Trial.class);
  }
}
