package dev.forklab.results;

import dev.forklab.results.FaultPlan.PlannedFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one trial of a fault found: a line of `faults.jsonl`.
///
/// Times are relative to the fault: negative ones lie before it.
///
/// @param schema version of the format
/// @param failure why it has no result, or null: above all, that nothing shows that the fault
///   happened
/// @param evidence what shows that the fault happened
/// @param wallNanos how long the trial took
/// @param offeredPerSecond tasks that were submitted each second
/// @param capacityPerSecond tasks that the service could do, measured just before
/// @param counts what became of the tasks
/// @param latency of the tasks that were answered right
/// @param recoveredNanos the time after the fault from which at least 95% of the tasks were
///   answered right and in time; 0 if it was always so, [#NEVER] if it was not so until the end
/// @param lifecycle what ended and what was started again
/// @param before what the service held when it was warm, without a task
/// @param after the same at the end, without a task; all zero if the service is gone
/// @param idleCpus how many CPUs it then still kept busy, doing nothing for anybody
/// @param moments how the trial went on
public record FaultTrial(
    int schema,
    PlannedFault planned,
    @Nullable String failure,
    String evidence,
    long wallNanos,
    double offeredPerSecond,
    double capacityPerSecond,
    Counts counts,
    Latency latency,
    long recoveredNanos,
    Lifecycle lifecycle,
    Held before,
    Held after,
    double idleCpus,
    List<Moment> moments) {

  /// Not within the time that the trial watched.
  public static final long NEVER = -1;

  public FaultTrial {
    moments = List.copyOf(moments);
  }

  /// A trial without a result.
  public static FaultTrial failed(PlannedFault planned, String reason, long wallNanos) {
    return new FaultTrial(
        FaultDirectory.SCHEMA,
        planned,
        reason,
        "",
        wallNanos,
        0,
        0,
        Counts.NONE,
        Latency.UNKNOWN,
        NEVER,
        new Lifecycle(0, 0, 0, false),
        Held.NOTHING,
        Held.NOTHING,
        0,
        List.of());
  }

  /// What became of the tasks that were submitted; those that carry the fault are not among them,
  /// unless each of many does.
  ///
  /// @param submitted all: the sum of the others
  /// @param right answered right and in time
  /// @param wrong answered wrong, at any time
  /// @param failed answered with a failure
  /// @param lost never answered: the service was not there, ended, or kept silent
  /// @param late answered right, but past the deadline
  public record Counts(int submitted, int right, int wrong, int failed, int lost, int late) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    public Counts {
      if (submitted != right + wrong + failed + lost + late) {
        throw new IllegalArgumentException(
            "expected %d tasks to add up, found %d right, %d wrong, %d failed, %d lost, %d late"
                .formatted(submitted, right, wrong, failed, lost, late));
      }
    }
  }

  /// The 99th percentile of the time from when a task was due until its right reply, in time or
  /// not; -1 where there is none.
  ///
  /// @param duringNanos from the fault until the service was well again, or to the end
  /// @param afterNanos from then on
  public record Latency(long beforeNanos, long duringNanos, long afterNanos) {

    public static final Latency UNKNOWN = new Latency(-1, -1, -1);
  }

  /// What ended and what was started again.
  ///
  /// @param serviceDeaths how often the service's process ended, killed by its supervisor or not
  /// @param serviceStarts how often its supervisor started it again
  /// @param workerDeaths processes of workers that ended, as the last service counted them
  /// @param alive whether the service was there at the end
  public record Lifecycle(int serviceDeaths, int serviceStarts, long workerDeaths, boolean alive) {}

  /// What a service and its workers hold.
  ///
  /// @param memoryBytes proportional set size, or resident size where that is not known
  public record Held(int processes, long memoryBytes, int threads, int descriptors) {

    public static final Held NOTHING = new Held(0, 0, 0, 0);
  }

  /// A tenth of a second, by when tasks were due.
  ///
  /// @param atNanos its beginning
  /// @param due tasks that were due in it
  /// @param right of those, answered right and in time
  /// @param p99Nanos of those that were answered right, in time or not; -1 if there are none
  public record Moment(long atNanos, int due, int right, long p99Nanos) {}
}
