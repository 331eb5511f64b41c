package dev.forklab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.workload.Calibration.Reach;
import dev.forklab.workload.Calibrator.Found;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The search, over machines that are made up: no clock decides.
class CalibratorTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  @ParameterizedTest
  @CsvSource({
    "100, 5000, 430",
    "1000, 5000, 430",
    "10000, 5000, 430",
    "1000, 5, 1",
    "1000, 900000, 430",
    "10, 100, 2000",
  })
  void quietMachineGivesTheCountOfTheStraightLine(long wantedMicros, double fixed, double slope) {
    Machine machine = new Machine(fixed, slope, 1);
    Found found = search(machine, Duration.ofNanos(wantedMicros * 1000));
    assertThat(found.reach()).isEqualTo(Reach.REACHED);
    assertThat(found.medianNanos()).isCloseTo(wantedMicros * 1e3, within(wantedMicros * 100.0));
    assertThat(machine.spentNanos).isLessThan(2e9);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neighboursAndCollectionsDoNotMoveTheCount(long seed) {
    Machine machine = new Machine(5_000, 430, seed);
    machine.jitter = 0.05;
    machine.spikeShare = 0.2;
    Found found = search(machine, MILLI);
    double straightLine = (1e6 - 5_000) / 430;
    assertThat((double) found.iterations())
        .as("seed %d", seed)
        .isCloseTo(straightLine, within(straightLine * 0.05));
    assertThat(found.reach()).isEqualTo(Reach.REACHED);
  }

  @Test
  void slowFirstTasksOfAColdMachineDoNotLowerTheCount() {
    Machine machine = new Machine(5_000, 430, 1);
    machine.coldNanos = 300e6;
    Found found = search(machine, MILLI);
    assertThat((double) found.iterations()).isCloseTo(995_000 / 430.0, within(60.0));
  }

  @Test
  void machineThatChangesItsSpeedForGoodIsFollowed() {
    Machine machine = new Machine(5_000, 430, 1);
    machine.halfSpeedAfterNanos = 600e6;
    Found found = search(machine, MILLI);
    assertThat(found.medianNanos()).isCloseTo(1e6, within(0.1e6));
    assertThat(found.reach()).isEqualTo(Reach.REACHED);
  }

  @Test
  void reachIsClaimedOnlyWithinTenPercentHoweverTheSpeedFlips() {
    for (int millis = 20; millis <= 400; millis += 20) {
      Machine machine = new Machine(5_000, 430, 1);
      machine.flipEveryNanos = millis * 1e6;
      Found found = search(machine, MILLI);
      boolean near = Math.abs(found.medianNanos() - 1e6) <= 0.1e6;
      assertThat(found.reach())
          .as("flips every %d ms", millis)
          .isEqualTo(near ? Reach.REACHED : Reach.UNSETTLED);
      assertThat(machine.spentNanos).as("bounded time").isLessThan(4e9);
    }
  }

  @Test
  void fixedPartThatIsTooLongIsSaid() {
    Found found = search(new Machine(3e6, 430, 1), MILLI);
    assertThat(found.reach()).isEqualTo(Reach.FIXED_PART_LONGER);
    assertThat(found.iterations()).isEqualTo(1);
    assertThat(found.toCalibration("seal", 16, MILLI).describe())
        .isEqualTo(
            "seal with 1 iterations takes 3.00 ms (middle half 3.00 ms to 3.00 ms) on messages of"
                + " 16 bytes: longer than the wanted 1.00 ms, and it cannot do less; want more time"
                + " or send smaller messages");
  }

  @Test
  void workloadThatIgnoresItsIterationsIsSaid() {
    Machine machine = new Machine(10_000, 0, 1);
    machine.jitter = 0.02;
    Found found = search(machine, MILLI);
    assertThat(found.reach()).isEqualTo(Reach.WORK_TOO_SMALL);
    assertThat(machine.spentNanos).isLessThan(2e9);
  }

  @Test
  void workloadOfFixedWorkThatHappensToFitIsReached() {
    assertThat(search(new Machine(1e6, 0, 1), MILLI).reach()).isEqualTo(Reach.REACHED);
  }

  @Test
  void theRealMachineGivesARecordOfWhatItMeasured() {
    Calibration found = Calibrator.calibrate(Seal.NAME, new byte[64], Duration.ofNanos(100_000));
    assertThat(found.spec().name()).isEqualTo(Seal.NAME);
    assertThat(found.messageBytes()).isEqualTo(64);
    assertThat(found.wanted()).isEqualTo(Duration.ofNanos(100_000));
    assertThat(found.achieved()).isPositive();
    assertThat(found.describe()).contains("seal with ").contains("100.0 us");
  }

  @Test
  void unknownWorkloadAndImpossibleTimeAreRefused() {
    assertThatThrownBy(() -> Calibrator.calibrate("no.such.Workload", new byte[1], MILLI))
        .isInstanceOf(UnknownWorkloadException.class);
    assertThatThrownBy(() -> Calibrator.calibrate(Seal.NAME, new byte[1], Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  private static Found search(Machine machine, Duration wanted) {
    return new Calibrator(machine, wanted).search();
  }

  /// A machine whose time is arithmetic.
  private static final class Machine implements Calibrator.Meter {
    private static final double COLD_FACTOR = 20;
    private static final double SPIKE_FACTOR = 10;

    private final double fixedNanos;
    private final double slopeNanos;
    private final SplittableRandom random;
    double jitter;
    double spikeShare;
    double coldNanos;
    double halfSpeedAfterNanos = Double.MAX_VALUE;
    double flipEveryNanos = Double.MAX_VALUE;
    double spentNanos;

    Machine(double fixedNanos, double slopeNanos, long seed) {
      this.fixedNanos = fixedNanos;
      this.slopeNanos = slopeNanos;
      this.random = new SplittableRandom(seed);
    }

    @Override
    public long batchNanos(int iterations, int tasks) {
      double nanos = tasks * (fixedNanos + slopeNanos * (iterations - 1.0));
      nanos *= 1 + jitter * random.nextDouble(-1, 1);
      nanos *= random.nextDouble() < spikeShare ? SPIKE_FACTOR : 1;
      nanos *= spentNanos < coldNanos ? COLD_FACTOR : 1;
      nanos *= spentNanos > halfSpeedAfterNanos ? 2 : 1;
      nanos *= (long) (spentNanos / flipEveryNanos) % 2 == 1 ? 2 : 1;
      spentNanos += nanos;
      return Math.round(nanos);
    }
  }
}
