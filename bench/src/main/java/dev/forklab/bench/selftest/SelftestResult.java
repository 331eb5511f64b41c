package dev.forklab.bench.selftest;

import dev.forklab.results.Host;
import dev.forklab.results.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A selftest as far as it has come: the content of `selftest.json`.
///
/// @param labVersion version of the lab that is tested
/// @param startedEpochMillis when it began
/// @param command the command line that asked for it
/// @param checks what was judged so far
/// @param effects how known effects were found, if that was measured
public record SelftestResult(
    String labVersion,
    long startedEpochMillis,
    String command,
    Host host,
    SelftestRequest request,
    List<Check> checks,
    @Nullable EffectScore effects) {

  public static final String FILE = "selftest.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public SelftestResult {
    checks = List.copyOf(checks);
  }

  /// Whether nothing that could be measured fell short.
  public boolean held() {
    return checks.stream().noneMatch(check -> check.outcome() == Check.Outcome.FELL_SHORT);
  }

  /// Reads a selftest's directory.
  ///
  /// @throws IOException if there is none, or it is damaged; the message says so
  public static SelftestResult read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    try {
      return JSON.readValue(Files.readString(file), SelftestResult.class);
    } catch (JacksonException e) {
      throw new IOException("expected a selftest in " + file + ", found that it is damaged", e);
    }
  }

  /// Writes it, whole or not at all.
  public void write(Path directory) throws IOException {
    WholeFile.write(directory.resolve(FILE), JSON.writeValueAsString(this));
  }
}
