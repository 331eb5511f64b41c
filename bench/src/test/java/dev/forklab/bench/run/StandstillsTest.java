package dev.forklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Warning;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StandstillsTest {

  private static final long MILLI = 1_000_000;

  private final Standstills standstills = new Standstills(7 * MILLI);

  @Test
  void aClockThatIsReadOnTimeOrALittleLateIsNoStandstill() {
    read(57, 107, 600, 700);
    assertThat(standstills.warning()).isEmpty();
  }

  @Test
  void oneIsGivenWithItsLengthAndItsMoment() {
    read(57, 2007, 8057);
    assertThat(standstills.warning())
        .contains(
            new Warning(
                Warning.Kind.STANDSTILL,
                "2 times, for 7.9 s in all, first 0.1 s after the trial began"));
  }

  @Test
  void aLateReadingAfterAQuietTimeIsOne() {
    LongStream.rangeClosed(1, 240).forEach(i -> read(7 + 50 * i));
    read(18_057);
    read(18_107);
    assertThat(standstills.warning())
        .contains(new Warning(Warning.Kind.STANDSTILL, "for 6.0 s, 12.0 s after the trial began"));
  }

  private void read(long... millis) {
    for (long at : millis) {
      standstills.read(at * MILLI);
    }
  }
}
