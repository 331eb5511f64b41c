package dev.forklab.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

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

  private static final JsonMapper LINES =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();
  private static final JsonMapper PRETTY =
      LINES.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final int CHUNK_BYTES = 8192;

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
    WholeFile.write(file(RUN_FILE), PRETTY.writeValueAsBytes(run));
  }

  /// Appends one trial to `trials.jsonl` and forces it to the disk, in place of a torn line if
  /// there is one. If the disk is full, what was written of the line is taken back.
  public void append(Trial trial) throws IOException {
    byte[] line = (LINES.writeValueAsString(trial) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            file(TRIALS_FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      long end = endOfCompleteLines(channel);
      channel.truncate(end).position(end);
      try {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException e) {
        takeBack(channel, end, e);
        throw e;
      }
    }
  }

  /// A line written after a torn one would be torn with it.
  private static long endOfCompleteLines(FileChannel channel) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    for (long end = channel.size(); end > 0; end -= chunk.capacity()) {
      long start = Math.max(0, end - chunk.capacity());
      chunk.clear().limit((int) (end - start));
      int read = channel.read(chunk, start);
      for (int i = read - 1; i >= 0; i--) {
        if (chunk.get(i) == '\n') {
          return start + i + 1;
        }
      }
    }
    return 0;
  }

  private static void takeBack(FileChannel channel, long end, IOException reason) {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      // What is left has no line feed, so no reader takes it for a trial.
      reason.addSuppressed(e);
    }
  }

  /// Reads `run.json`.
  ///
  /// @throws BrokenRunException if it is missing, broken, or newer than this lab
  public Run readRun() {
    Path source = file(RUN_FILE);
    try {
      return parse(Files.readString(source), Run.class, source.toString());
    } catch (NoSuchFileException e) {
      throw new BrokenRunException(
          "expected a run directory, found no "
              + RUN_FILE
              + " in "
              + path
              + "; give the directory"
              + " that lab bench printed",
          e);
    } catch (IOException e) {
      throw new BrokenRunException("cannot read " + source + ": " + e.getMessage(), e);
    }
  }

  /// Reads all trials whose lines are complete, in the order they were measured; none if there is
  /// no such file yet.
  ///
  /// @throws BrokenRunException if a complete line is broken or newer than this lab
  public List<Trial> readTrials() {
    Path source = file(TRIALS_FILE);
    if (!Files.exists(source)) {
      return List.of();
    }
    try {
      String text = Files.readString(source);
      List<Trial> trials = new ArrayList<>();
      int start = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        String where = source + ", line " + (trials.size() + 1);
        trials.add(parse(text.substring(start, end), Trial.class, where));
        start = end + 1;
      }
      return trials;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T parse(String json, Class<T> type, String where) {
    try {
      JsonNode tree = LINES.readTree(json);
      int schema = tree.path("schema").asInt(-1);
      if (schema > 0 && schema != SCHEMA) {
        throw new BrokenRunException(
            "expected format "
                + SCHEMA
                + ", found format "
                + schema
                + " in "
                + where
                + "; report it with the lab that measured it",
            null);
      }
      if (schema < 1) {
        throw new BrokenRunException(
            "expected a record of a run, found none in " + where + "; the file is damaged", null);
      }
      return LINES.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw new BrokenRunException(
          "cannot read " + where + ": " + e.getOriginalMessage() + "; the file is damaged", e);
    }
  }
}
