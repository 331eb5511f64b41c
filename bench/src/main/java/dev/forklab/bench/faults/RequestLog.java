package dev.forklab.bench.faults;

import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.FaultTrial.Counts;
import dev.forklab.results.FaultTrial.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/// What became of each task of a trial's load, by the lab's own clock. Latency counts from when a
/// task was due, so a task that waits for its turn waits visibly (no coordinated omission).
///
/// Safe for use by many threads: the load adds, the client's threads answer, the watcher reads.
final class RequestLog implements TaskAnswers {

  /// A right answer that comes later than this is too late.
  static final long DEADLINE_NANOS = 500_000_000;

  /// The length of a [Moment].
  static final long MOMENT_NANOS = 100_000_000;

  /// The share of tasks that must be answered right and in time.
  static final double WELL = 0.95;

  private static final double P99 = 0.99;
  private static final int FIRST_CAPACITY = 4096;

  private enum State {
    OPEN,
    RIGHT,
    WRONG,
    FAILED,
    LOST
  }

  private final ServiceTasks tasks;
  private long[] dueNanos = new long[FIRST_CAPACITY];
  private long[] endNanos = new long[FIRST_CAPACITY];
  private State[] states = new State[FIRST_CAPACITY];
  private int size;
  private int open;
  private int answeredTwice;
  private int unknown;
  private long lastReplyNanos;

  RequestLog(ServiceTasks tasks) {
    this.tasks = tasks;
  }

  /// Adds a task.
  ///
  /// @return its number
  synchronized int due(long nanos) {
    if (size == states.length) {
      dueNanos = Arrays.copyOf(dueNanos, 2 * size);
      endNanos = Arrays.copyOf(endNanos, 2 * size);
      states = Arrays.copyOf(states, 2 * size);
    }
    dueNanos[size] = nanos;
    states[size] = State.OPEN;
    open++;
    return size++;
  }

  @Override
  public synchronized void replied(int task, byte[] reply, long nanos) {
    boolean right = tasks.isRight(task, reply);
    lastReplyNanos = nanos;
    end(task, right ? State.RIGHT : State.WRONG, nanos);
  }

  @Override
  public synchronized void failed(int task, String why, long nanos) {
    end(task, State.FAILED, nanos);
  }

  @Override
  public synchronized void lost(int task, long nanos) {
    end(task, State.LOST, nanos);
  }

  private void end(int task, State state, long nanos) {
    if (task < 0 || task >= size) {
      unknown++;
    } else if (states[task] != State.OPEN) {
      answeredTwice++;
    } else {
      states[task] = state;
      endNanos[task] = nanos;
      open--;
    }
  }

  /// Tasks without an answer so far.
  synchronized int open() {
    return open;
  }

  /// When the last reply came, right or wrong; 0 if none has.
  synchronized long lastReplyNanos() {
    return lastReplyNanos;
  }

  /// What is wrong with the answers themselves, or an empty text.
  synchronized String complaint() {
    if (answeredTwice > 0) {
      return "expected one answer to each task, found %d that were answered twice"
          .formatted(answeredTwice);
    }
    return unknown > 0
        ? "expected answers to tasks that were submitted, found %d to others".formatted(unknown)
        : "";
  }

  /// What became of all tasks; what is open counts as lost.
  synchronized Counts counts() {
    int right = 0;
    int wrong = 0;
    int failed = 0;
    int lost = 0;
    int late = 0;
    for (int task = 0; task < size; task++) {
      switch (states[task]) {
        case RIGHT -> {
          if (inTime(task)) {
            right++;
          } else {
            late++;
          }
        }
        case WRONG -> wrong++;
        case FAILED -> failed++;
        case LOST, OPEN -> lost++;
      }
    }
    return new Counts(size, right, wrong, failed, lost, late);
  }

  private boolean inTime(int task) {
    return endNanos[task] - dueNanos[task] <= DEADLINE_NANOS;
  }

  /// The 99th percentile of the latency of tasks that were answered right; -1 if there are none.
  ///
  /// @param due picks the tasks, by when they were due
  synchronized long p99(LongPredicate due) {
    return p99(0, size, due);
  }

  private long p99(int from, int to, LongPredicate due) {
    double[] latencies =
        IntStream.range(from, to)
            .filter(task -> states[task] == State.RIGHT && due.test(dueNanos[task]))
            .mapToDouble(task -> (double) (endNanos[task] - dueNanos[task]))
            .toArray();
    return latencies.length == 0 ? -1 : (long) Quantiles.quantile(latencies, P99);
  }

  /// All whole moments whose tasks have had their time, around the instant `zero`.
  synchronized List<Moment> moments(long zero, long now) {
    if (size == 0) {
      return List.of();
    }
    long first = Math.floorDiv(dueNanos[0] - zero, MOMENT_NANOS) + 1;
    long lastDue = dueNanos[size - 1];
    List<Moment> moments = new ArrayList<>();
    int task = 0;
    for (long k = first; zero + (k + 1) * MOMENT_NANOS <= lastDue; k++) {
      long end = zero + (k + 1) * MOMENT_NANOS;
      while (task < size && dueNanos[task] < zero + k * MOMENT_NANOS) {
        task++;
      }
      int from = task;
      while (task < size && dueNanos[task] < end) {
        task++;
      }
      if (end + DEADLINE_NANOS > now && anyOpen(from, task)) {
        break;
      }
      moments.add(moment(k * MOMENT_NANOS, from, task));
    }
    return moments;
  }

  private boolean anyOpen(int from, int to) {
    for (int task = from; task < to; task++) {
      if (states[task] == State.OPEN) {
        return true;
      }
    }
    return false;
  }

  private Moment moment(long at, int from, int to) {
    int right = 0;
    for (int task = from; task < to; task++) {
      right += states[task] == State.RIGHT && inTime(task) ? 1 : 0;
    }
    return new Moment(at, to - from, right, p99(from, to, _ -> true));
  }

  /// Whether the service did what was asked of it in this moment.
  static boolean isWell(Moment moment) {
    return moment.right() >= WELL * moment.due();
  }
}
