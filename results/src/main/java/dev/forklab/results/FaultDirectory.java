package dev.forklab.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The directory of a run of faults on disk: `faults.json` and `faults.jsonl`, written and read as
/// those of a [RunDirectory] are.
public record FaultDirectory(Path path) {

  /// The version of the format that this lab writes.
  public static final int SCHEMA = 1;

  public static final String RUN_FILE = "faults.json";
  public static final String TRIALS_FILE = "faults.jsonl";

  private static final RecordFormat FORMAT = new RecordFormat(SCHEMA);

  /// Whether there is such a run.
  public static boolean isAt(Path path) {
    return Files.exists(path.resolve(RUN_FILE));
  }

  /// Writes `faults.json`, whole or not at all.
  public void writeRun(FaultRun run) throws IOException {
    FORMAT.write(path.resolve(RUN_FILE), run);
  }

  /// Appends one trial and forces it to the disk.
  public void append(FaultTrial trial) throws IOException {
    RecordFormat.append(path.resolve(TRIALS_FILE), trial);
  }

  /// Reads `faults.json`.
  ///
  /// @throws BrokenRunException if it is missing, broken, or of another version
  public FaultRun readRun() {
    return FORMAT.read(path.resolve(RUN_FILE), FaultRun.class, "lab faults");
  }

  /// Reads all trials whose lines are complete, in the order they were measured.
  ///
  /// @throws BrokenRunException if a complete line is broken or of another version
  public List<FaultTrial> readTrials() {
    return FORMAT.readAll(path.resolve(TRIALS_FILE), FaultTrial.class);
  }
}
