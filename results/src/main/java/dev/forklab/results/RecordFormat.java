package dev.forklab.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
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
      return parse(Files.readAllBytes(file), type, file.toString());
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

  /// Reads all of them whose lines are complete, side by side; none if there is no such file yet.
  ///
  /// @throws BrokenRunException if a complete line is broken or of another version: the first such
  <T> List<T> readAll(Path file, Class<T> type) {
    List<byte[]> lines = new AppendedLines(file).read();
    try {
      return records(lines, file, type, IntStream.range(0, lines.size()).parallel());
    } catch (BrokenRunException _) {
      return records(lines, file, type, IntStream.range(0, lines.size()));
    }
  }

  private <T> List<T> records(List<byte[]> lines, Path file, Class<T> type, IntStream which) {
    return which.mapToObj(i -> parse(lines.get(i), type, file + ", line " + (i + 1))).toList();
  }

  private <T> T parse(byte[] json, Class<T> type, String where) {
    try {
      int found = schemaOf(json);
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
      return LINES.readValue(json, type);
    } catch (JacksonException e) {
      throw new BrokenRunException(
          "cannot read " + where + ": " + e.getOriginalMessage() + "; the file is damaged", e);
    }
  }

  /// The version that a record names, which is read before the rest: what another version holds may
  /// not fit `type`. -1 if it names none.
  private static int schemaOf(byte[] json) {
    try (JsonParser parser = LINES.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return -1;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = parser.currentName().equals("schema");
        JsonToken value = parser.nextToken();
        if (found) {
          return value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
        }
        parser.skipChildren();
      }
      return -1;
    }
  }
}
