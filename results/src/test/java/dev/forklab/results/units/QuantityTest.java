package dev.forklab.results.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.04612, 0.0461",
    "0.99951, 1.00",
    "1, 1.00",
    "12.345, 12.3",
    "99.95, 100",
    "123, 123",
    "1843.7, '1,840'",
    "1234567, '1,230,000'",
    "NaN, –"
  })
  void numbersHaveThreeSignificantDigits(double value, String text) {
    assertThat(Quantity.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.00 ns",
    "999.4, 999 ns",
    "999.6, 1.00 µs",
    "1081000, 1.08 ms",
    "999600000, 1.00 s",
    "61e9, 61.0 s"
  })
  void timesTakeTheUnitThatFits(double nanos, String text) {
    assertThat(Quantity.time(nanos)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"512, 512 B", "1048576, 1.00 MiB", "256901120, 245 MiB", "1073741824, 1.00 GiB"})
  void memoryIsBinary(double bytes, String text) {
    assertThat(Quantity.memory(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1 B",
    "64, 64 B",
    "1000, 1000 B",
    "4096, 4 KiB",
    "1048576, 1 MiB",
    "1536, 1536 B"
  })
  void chosenSizesAreExact(long bytes, String text) {
    assertThat(Quantity.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"100000, 100 µs", "1000000, 1 ms", "2500000, 2.5 ms", "10000000, 10 ms"})
  void chosenTimesHaveNoNeedlessZeros(long nanos, String text) {
    assertThat(Quantity.chosenTime(nanos)).isEqualTo(text);
  }

  @Test
  void intervalsFollowTheirNumber() {
    assertThat(Quantity.ratio(0.93249, 0.92, 0.944)).isEqualTo("0.932 ± 0.012");
    assertThat(Quantity.ratio(0.93249, 0.93249, 0.93249)).isEqualTo("0.932");
    assertThat(Quantity.within(1.08e6, 1.07e6, 1.09e6, Quantity::time))
        .isEqualTo("1.08 ms ± 0.93%");
    assertThat(Quantity.within(1.08e6, 1.08e6, 1.08e6, Quantity::time)).isEqualTo("1.08 ms");
    assertThat(Quantity.within("1.08 ms", 0.173)).isEqualTo("1.08 ms ± 17%");
  }

  @Test
  void lopsidedIntervalsSayWhereTheyEnd() {
    assertThat(Quantity.ratio(0.04, 0.012, 0.117)).isEqualTo("0.040 (0.012 to 0.117)");
    assertThat(Quantity.within(22.8e6, 9.31e6, 56e6, Quantity::time))
        .isEqualTo("22.8 ms (9.31 ms to 56.0 ms)");
  }

  @Test
  void anIntervalWithoutEndsSaysSo() {
    assertThat(Quantity.ratio(0.9, 0, Double.POSITIVE_INFINITY)).isEqualTo("0.900 (unbounded)");
    assertThat(Quantity.ratio(Double.NaN)).isEqualTo(Quantity.NOT_MEASURED);
  }

  @Test
  void theLocaleOfTheMachineDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);

      assertThat(Quantity.rate(1843.7)).isEqualTo("1,840/s");
      assertThat(Quantity.ratio(0.5)).isEqualTo("0.500");
    } finally {
      Locale.setDefault(before);
    }
  }
}
