package dev.forklab.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.FaultTrial.Counts;
import dev.forklab.results.FaultTrial.Moment;
import dev.forklab.results.Seeded;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Counts and moments from known times.
class RequestLogTest {

  private static final long MILLI = 1_000_000;

  private final ServiceTasks tasks = ServiceTasks.of(FaultPlans.tiny());
  private final RequestLog log = new RequestLog(tasks);

  private byte[] right(int task) throws Exception {
    return new FaultyWorkload().apply(tasks.plain(task), 1);
  }

  @Test
  void aRightAnswerPastTheDeadlineIsLateAndAWrongOneIsWrongAtAnyTime() throws Exception {
    int inTime = log.due(0);
    int late = log.due(0);
    int wrong = log.due(0);
    log.replied(inTime, right(inTime), RequestLog.DEADLINE_NANOS);
    log.replied(late, right(late), RequestLog.DEADLINE_NANOS + 1);
    log.replied(wrong, new byte[1], 10 * RequestLog.DEADLINE_NANOS);
    assertThat(log.counts()).isEqualTo(new Counts(3, 1, 1, 0, 0, 1));
  }

  @Test
  void countsAddUpWhateverHappens() throws Exception {
    long seed = System.nanoTime();
    Random random = Seeded.random(seed);
    int submitted = 5000;
    for (int i = 0; i < submitted; i++) {
      int task = log.due(i * MILLI);
      long at = i * MILLI + random.nextLong(2 * RequestLog.DEADLINE_NANOS);
      for (int answers = random.nextInt(3); answers > 0; answers--) {
        switch (random.nextInt(4)) {
          case 0 -> log.replied(task, right(task), at);
          case 1 -> log.replied(task, new byte[2], at);
          case 2 -> log.failed(task, "no", at);
          default -> log.lost(task, at);
        }
      }
    }
    Counts counts = log.counts(); // Its constructor checks the sum.
    assertThat(counts.submitted()).as("seed %d", seed).isEqualTo(submitted);
    assertThat(List.of(counts.right(), counts.wrong(), counts.failed(), counts.lost()))
        .as("seed %d", seed)
        .allMatch(count -> count > 0);
  }

  /// One task each ten milliseconds, from 1 s before the fault to 2 s after it, of which those due
  /// in the second and third tenth after the fault are lost.
  @Test
  void aDipIsSeenInItsMomentsAlone() throws Exception {
    long zero = 1000 * MILLI;
    for (int at = 0; at < 3000; at += 10) {
      int task = log.due(at * MILLI);
      long due = at * MILLI;
      if (at >= 1100 && at < 1300) {
        log.lost(task, due);
      } else {
        log.replied(task, right(task), due + 5 * MILLI);
      }
    }
    List<Moment> moments = log.moments(zero, Long.MAX_VALUE / 2);
    assertThat(moments).allSatisfy(moment -> assertThat(moment.due()).isEqualTo(10));
    assertThat(moments)
        .filteredOn(moment -> !RequestLog.isWell(moment))
        .extracting(Moment::atNanos)
        .containsExactly(100 * MILLI, 200 * MILLI);
    assertThat(moments.getFirst().atNanos()).isEqualTo(-900 * MILLI);
    assertThat(moments.getLast().atNanos()).isEqualTo(1800 * MILLI);
    assertThat(log.p99(due -> due < zero)).isEqualTo(5 * MILLI);
    assertThat(log.p99(due -> due >= zero + 100 * MILLI && due < zero + 300 * MILLI)).isEqualTo(-1);
  }

  @Test
  void aMomentIsNotJudgedBeforeItsTasksHadTheirTime() throws Exception {
    for (int at = 0; at < 400; at += 10) {
      int task = log.due(at * MILLI);
      if (at < 150) {
        log.replied(task, right(task), at * MILLI + MILLI);
      }
    }
    assertThat(log.moments(0, 400 * MILLI)).isEmpty();
    assertThat(log.moments(0, 701 * MILLI))
        .extracting(Moment::atNanos)
        .containsExactly(100 * MILLI);
  }
}
