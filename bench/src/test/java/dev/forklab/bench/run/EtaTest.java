package dev.forklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.bench.plan.Planner;
import dev.forklab.reports.analysis.Spending;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Plan.Reserve;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EtaTest {

  /// Throughput, footprint, throughput, footprint.
  private final Plan plan = TinyRun.of(4).plan();

  private final PlannedTrial throughput = plan.trials().get(0);
  private final PlannedTrial footprint = plan.trials().get(1);
  private final Eta eta = new Eta(plan, Set.of());

  @Test
  void withoutAFinishedTrialItIsThePlannersEstimate() {
    assertThat(eta.of(throughput)).isEqualTo(estimate(throughput));
    assertThat(eta.remaining(0)).isEqualTo(Planner.estimate(plan));
  }

  @Test
  void aSlowTrialCorrectsKindsThatWereNotSeenYet() {
    eta.finished(throughput, estimate(throughput).multipliedBy(2));
    assertThat(correction(footprint)).isBetween(1.5, 2.0);
    assertThat(correction(throughput)).isBetween(1.5, 2.0);
  }

  @Test
  void aKindOfItsOwnIsToldFromAllOthers() {
    for (int i = 0; i < 5; i++) {
      eta.finished(throughput, estimate(throughput).multipliedBy(2));
      eta.finished(footprint, estimate(footprint));
    }
    assertThat(correction(throughput)).isCloseTo(2, within(0.2));
    assertThat(correction(footprint)).isCloseTo(1, within(0.2));
  }

  @Test
  void theTrialInHandIsCorrectedByItsOwnProgress() {
    Duration twice = estimate(throughput).multipliedBy(2);
    double previous = Double.POSITIVE_INFINITY;
    for (int percent = 0; percent <= 100; percent++) {
      double share = percent / 100.0;
      double left = leftOfThis(share, times(twice, share));
      assertThat(left).isBetween(0.0, twice.toNanos() * 1.0);
      if (percent >= 30) {
        assertThat(left).isCloseTo(twice.toNanos() * (1 - share), within(1e4));
      }
      // No jump: a step is never more than a fifteenth of the whole.
      assertThat(left - previous).isLessThan(twice.toNanos() / 15.0);
      previous = left;
    }
    assertThat(previous).isZero();
  }

  @Test
  void theFirstSlicesOfATrialAreNotTakenForItsSpeed() {
    Duration expected = estimate(throughput);
    assertThat(leftOfThis(0.05, times(expected, 0.5)))
        .isCloseTo(0.95 * expected.toNanos(), within(1e4));
  }

  @Test
  void aTrialThatIsOverdueAndShowsNoSpeedStillHasTimeLeft() {
    Duration expected = estimate(footprint);
    Duration left = eta.remaining(footprint, 0.5, expected.multipliedBy(3)).minus(eta.remaining(2));
    assertThat(left.toNanos()).isCloseTo(expected.toNanos() * 3 / 2, within(10_000L));
  }

  @Test
  void whatThePlanKeepsInReserveIsTimeLeftToo() {
    Plan fixed = TinyRun.comparing(2).plan();
    Duration planned = Planner.estimate(fixed);
    Duration chosen =
        Planner.estimate(Spending.again(fixed, fixed.trials().getFirst(), 2), fixed.budget());
    Duration reserve = planned.plus(chosen.multipliedBy(4));
    Plan open = TinyRun.comparing(2, new Reserve(reserve.toNanos())).plan();
    Eta left = new Eta(open, Set.of());

    assertThat(left.remaining(0)).isEqualTo(reserve);
    assertThat(left.trials(0)).isEqualTo(6);
    left.spent(planned.plus(chosen.multipliedBy(3)));
    assertThat(left.remaining(2)).isEqualTo(chosen);
    assertThat(left.trials(4)).isEqualTo(5);
    left.spent(chosen.multipliedBy(5));
    assertThat(left.remaining(2)).isZero();
  }

  @Test
  void aTrialIsStartedAgainOnlyWhereTheRunsTimeHasRoomForIt() {
    Plan fixed = TinyRun.comparing(2).plan();
    Duration one = Planner.estimate(fixed.trials().getFirst(), fixed.budget());
    Plan open = TinyRun.comparing(2, new Reserve(one.multipliedBy(4).toNanos())).plan();
    Eta left = new Eta(open, Set.of());
    PlannedTrial first = open.trials().getFirst();

    assertThat(left.hasTimeFor(first, 3)).isTrue();
    assertThat(left.hasTimeFor(first, 4)).isFalse();
    left.spent(one);
    assertThat(left.hasTimeFor(first, 2)).isTrue();
    assertThat(left.hasTimeFor(first, 3)).isFalse();
    assertThat(new Eta(fixed, Set.of()).hasTimeFor(first, 1000)).isTrue();
  }

  @Test
  void aPlanThatTakesLongerThanItsReserveTakesItsTime() {
    Plan open = TinyRun.comparing(2, new Reserve(1)).plan();
    Eta left = new Eta(open, Set.of());

    assertThat(left.remaining(0)).isEqualTo(Planner.estimate(open));
    assertThat(left.trials(0)).isEqualTo(2);
  }

  private double leftOfThis(double share, Duration elapsed) {
    return eta.remaining(throughput, share, elapsed).minus(eta.remaining(1)).toNanos();
  }

  private double correction(PlannedTrial trial) {
    return (double) eta.of(trial).toNanos() / estimate(trial).toNanos();
  }

  private Duration estimate(PlannedTrial trial) {
    return Planner.estimate(trial, plan.budget());
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }
}
