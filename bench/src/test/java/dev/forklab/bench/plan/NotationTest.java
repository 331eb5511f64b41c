package dev.forklab.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.results.units.Quantity;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotationTest {

  private static final long SEED = 20_261_101L;

  @Test
  void whatASizeIsWrittenAsReadsAsThatSize() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      long bytes = random.nextLong(1L << 36) >> random.nextInt(36);
      assertThat(Notation.bytes(Quantity.size(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void whatATaskTimeIsWrittenAsReadsAsThatTime() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      long micros = random.nextLong(10_000_000_000L) >> random.nextInt(30);
      assertThat(Notation.time(Quantity.exactTime(micros * 1000)))
          .isEqualTo(Duration.ofNanos(micros * 1000));
    }
  }

  @Test
  void whatIsSpokenIsNeverFurtherOffThanHalfOfItsSmallestUnit() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      Duration time = Duration.ofMillis(random.nextLong(1L << 29) >> random.nextInt(29));
      String spoken = Notation.spoken(time);
      Duration off = Notation.time(spoken.replace(" ", "")).minus(time).abs();
      assertThat(off)
          .as(spoken)
          .isLessThanOrEqualTo(
              spoken.contains("h") ? Duration.ofSeconds(31) : Duration.ofMillis(500));
      assertThat(spoken).doesNotContain("60 s", "60 min");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64, 64",
    "64B, 64",
    "4KiB, 4096",
    "4 kib, 4096",
    "4k, 4096",
    "4KB, 4096",
    "1MiB, 1048576",
    "1m, 1048576",
    "1GiB, 1073741824",
    "2g, 2147483648",
    "0, 0",
    "1TiB, 1099511627776"
  })
  void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
    assertThat(Notation.bytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "100us, 100000",
    "100 µs, 100000",
    "1ms, 1000000",
    "2s, 2000000000",
    "1m, 60000000000",
    "1min, 60000000000",
    "1h, 3600000000000",
    "7m25s, 445000000000",
    "1h 30m, 5400000000000"
  })
  void timesAreReadAsPeopleWriteThem(String text, long nanos) {
    assertThat(Notation.time(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "-1",
        "1.5KiB",
        "4XiB",
        "KiB",
        "99999999999999999999",
        "999999999999TiB"
      })
  void whatIsNoSizeIsRefusedWithExamples(String text) {
    assertThatThrownBy(() -> Notation.bytes(text))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("expected a size such as 64, 4KiB or 1MiB, found '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "ms", "-1s", "1.5.5s", ".5s", "1 fortnight", "1s2", "1s x"})
  void whatIsNoTimeIsRefusedWithExamples(String text) {
    assertThatThrownBy(() -> Notation.time(text))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("expected a time such as 100us, 1ms, 30s or 7m25s, found '" + text + "'");
  }
}
