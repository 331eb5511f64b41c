package dev.forklab.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// One version of a format of records as JSON, each of which names its `schema`.
///
/// @param schema the version that this lab writes, and the only one that it reads
record RecordFormat(int schema) {

  private static final JsonMapper LINES =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();
  private static final JsonMapper PRETTY =
      LINES.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// Writes a file of one record, whole or not at all.
  void write(Path file, Object found) throws IOException {
    WholeFile.write(file, PRETTY.writeValueAsBytes(found));
  }

  /// Reads it.
  ///
  /// @param command that wrote it, for the message if it is missing
  /// @throws BrokenRunException if it is missing, broken, or of another version
  <T> T read(Path file, Class<T> type, String command) {
    try {
      return parse(Files.readString(file), type, file.toString());
    } catch (NoSuchFileException e) {
      throw new BrokenRunException(
          "expected a run directory, found no %s in %s; give the directory that %s printed"
              .formatted(
                  file.getFileName(),
                  Objects.requireNonNullElse(file.getParent(), Path.of(".")),
                  command),
          e);
    } catch (IOException e) {
      throw new BrokenRunException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /// Appends a record to a file of one a line, as [AppendedLines] does.
  static void append(Path file, Object found) throws IOException {
    new AppendedLines(file).append(LINES.writeValueAsString(found));
  }

  /// Reads all of them whose lines are complete; none if there is no such file yet.
  ///
  /// @throws BrokenRunException if a complete line is broken or of another version
  <T> List<T> readAll(Path file, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (String line : new AppendedLines(file).read()) {
      found.add(parse(line, type, file + ", line " + (found.size() + 1)));
    }
    return found;
  }

  private <T> T parse(String json, Class<T> type, String where) {
    try {
      JsonNode tree = LINES.readTree(json);
      int found = tree.path("schema").asInt(-1);
      if (found > 0 && found != schema) {
        throw new BrokenRunException(
            "expected format "
                + schema
                + ", found format "
                + found
                + " in "
                + where
                + "; report it with the lab that measured it",
            null);
      }
      if (found < 1) {
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
