package dev.forklab.bench.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.bench.calibration.Found.Reach;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The search, over machines that are made up: no clock decides.
class CalibratorTest {

  private static final double FIXED = 5_000;
  private static final double SLOPE = 430;
  private static final Wanted MILLI = new Wanted(64, 1_000_000);
  private static final double LINE = 1 + (1e6 - FIXED) / SLOPE;

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
    Machine machine = new Machine(1);
    machine.fixed = fixed;
    machine.slope = slope;
    Found found = machine.find(new Wanted(64, wantedMicros * 1000));
    assertThat(found.reach()).isEqualTo(Reach.REACHED);
    assertThat(found.taskNanos()).isCloseTo(wantedMicros * 1e3, within(wantedMicros * 100.0));
    assertThat(found.launches()).isEqualTo(Calibrator.LAUNCHES);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aMachineThatIsSlowForSecondsAtATimeGivesTheCountOfItsFullSpeed(long seed) {
    Machine machine = new Machine(seed);
    machine.jitter = 0.02;
    machine.slowShare = 0.4;
    assertThat((double) machine.find(MILLI).iterations())
        .as("seed %d", seed)
        .isCloseTo(LINE, within(0.03 * LINE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aLaunchThatIsBadlyCompiledIsLeftOut(long seed) {
    Machine machine = new Machine(seed);
    machine.badLaunch = launch -> launch % 3 == 1;
    Found found = machine.find(MILLI);
    assertThat((double) found.iterations()).isCloseTo(LINE, within(0.02 * LINE));
    assertThat(found.launches()).isEqualTo(Calibrator.LAUNCHES);
    assertThat(machine.launches).isGreaterThan(Calibrator.LAUNCHES);
  }

  @Test
  void launchesAreBounded() {
    Machine machine = new Machine(1);
    machine.badLaunch = launch -> launch > 1;
    assertThat(machine.find(MILLI).launches()).isEqualTo(1);
    assertThat(machine.launches).isEqualTo(Calibrator.MOST_LAUNCHES);
    assertThat(machine.open).isZero();
  }

  @Test
  void slowFirstTasksOfAColdProcessDoNotLowerTheCount() {
    Machine machine = new Machine(1);
    machine.coldNanos = 2e9;
    assertThat((double) machine.find(MILLI).iterations()).isCloseTo(LINE, within(0.02 * LINE));
  }

  @Test
  void batchesInWhichTheMachineStoodStillHaveNoTime() {
    Machine machine = new Machine(1);
    machine.standstillShare = 0.5;
    assertThat((double) machine.find(MILLI).iterations()).isCloseTo(LINE, within(0.02 * LINE));
    machine.standstillShare = 1;
    assertThatThrownBy(() -> machine.find(MILLI))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the machine stood still");
  }

  @Test
  void whatCannotBeReachedIsSaid() {
    Machine fixed = new Machine(1);
    fixed.fixed = 3e6;
    assertThat(fixed.find(MILLI).reach()).isEqualTo(Reach.FIXED_PART_LONGER);
    assertThat(fixed.find(MILLI).iterations()).isEqualTo(1);
    Machine flat = new Machine(1);
    flat.slope = 0;
    assertThat(flat.find(MILLI).reach()).isEqualTo(Reach.WORK_TOO_SMALL);
  }

  @Test
  void launchesThatDisagreeAreMoreAndHowFarTheyDifferIsSaid() {
    Machine machine = new Machine(1);
    machine.launchStep = 0.04;
    Found found = machine.find(MILLI);
    assertThat(found.spread()).isCloseTo(0.04, within(0.01));
    assertThat(found.launches()).isEqualTo(Calibrator.MOST_LAUNCHES);
    assertThat((double) found.iterations()).isCloseTo(LINE, within(0.01 * LINE));
  }

  /// A straight line on a machine with a neighbor, whose processes may compile badly.
  private static final class Machine {
    private static final double YARDSTICK = 50_000;
    private static final double SLOW = 1.5;
    private static final double BADLY_COMPILED = 4.2;

    private final SplittableRandom random;
    double fixed = FIXED;
    double slope = SLOPE;
    double jitter;
    double slowShare;
    double coldNanos;
    double standstillShare;
    double launchStep;
    IntPredicate badLaunch = _ -> false;
    int launches;
    int open;

    Machine(long seed) {
      random = new SplittableRandom(seed);
    }

    Found find(Wanted wanted) {
      return Calibrator.calibrate(List.of(wanted), () -> new MadeUpLaunch(++launches)).getFirst();
    }

    private final class MadeUpLaunch implements Launch {
      private final int number;
      private double spent;
      private double compiled;
      private double slowUntil;

      MadeUpLaunch(int number) {
        this.number = number;
        open++;
      }

      @Override
      public Batch batch(int messageBytes, int iterations, int tasks) {
        if (slowUntil < spent) {
          slowUntil = spent + 300e6;
          slow = random.nextDouble() < slowShare;
        }
        double pace = slow ? SLOW : 1;
        double code = badLaunch.test(number) ? BADLY_COMPILED : 1 + launchStep * (number % 3 - 1);
        boolean cold = spent < coldNanos;
        double nanos =
            tasks
                * (fixed + slope * (iterations - 1.0))
                * pace
                * code
                * (cold ? 3 : 1)
                * (1 + jitter * Math.abs(random.nextGaussian()));
        spent += nanos;
        compiled += cold ? nanos / 2 : 0;
        boolean still = random.nextDouble() < standstillShare;
        return new Batch(
            (long) nanos,
            (long) nanos + (still ? 6_000_000_000L : 0),
            YARDSTICK * pace,
            (long) compiled);
      }

      private boolean slow;

      @Override
      public void close() {
        open--;
      }
    }
  }
}
