package dev.forklab.bench.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.bench.selftest.Check.Outcome;
import dev.forklab.results.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelftestResultTest {

  private static final Check HELD =
      Check.of(Step.CPU, "a claim", "5 ms", "5.01 ms", true, Map.of("found", 5.01));
  private static final Check SHORT =
      Check.of(Step.MEMORY, "another claim", "64 MiB", "32 MiB", false, Map.of());
  private static final Check UNKNOWN =
      Check.notMeasured(Step.CPU, "a third claim", "a number", "not on this system");

  @TempDir Path directory;

  @Test
  void readsWhatItWrote() throws IOException {
    SelftestResult written = result(List.of(HELD, SHORT), EffectScore.of(2, List.of()));

    written.write(directory);

    assertThat(SelftestResult.read(directory)).isEqualTo(written);
  }

  @Test
  void damagedFileIsRefusedInWords() throws IOException {
    Files.writeString(directory.resolve(SelftestResult.FILE), "{ \"checks\": ");

    assertThatThrownBy(() -> SelftestResult.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void holdsUnlessACheckFellShort() {
    assertThat(result(List.of(HELD, UNKNOWN), null).held()).isTrue();
    assertThat(result(List.of(HELD, SHORT), null).held()).isFalse();
  }

  @Test
  void textSaysWhichCheckFellShort() {
    String text = SelftestText.of(result(List.of(HELD, SHORT, UNKNOWN), null));

    assertThat(text)
        .contains(Outcome.FELL_SHORT.label() + "  another claim: 32 MiB (expected 64 MiB)")
        .contains("1 of 3 checks held, 1 fell short, 1 could not be measured");
  }

  private static SelftestResult result(
      List<Check> checks, @org.jspecify.annotations.Nullable EffectScore effects) {
    Host host = new Host("Linux", "A CPU", 2, 8L << 30, "25", Map.of(), List.of());
    SelftestRequest request = new SelftestRequest(List.of(Step.CPU, Step.MEMORY), 2, 7);
    return new SelftestResult("0", 0, "lab selftest", host, request, checks, effects);
  }
}
