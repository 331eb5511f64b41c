package dev.forklab.results;

/// How one model of a trial was warmed up, and whether it had reached its steady state when
/// measuring began.
///
/// @param state what it had reached
/// @param slices how many warm-up slices it had
/// @param loadNanos how long it had been under load
/// @param compiling the time that compilers worked during its last slices, as a share of their CPU
///   time; -1 where that is not known
/// @param trend by how much the later half of its last slices was faster than the earlier half, as
///   a log ratio, the machine's own speed taken out
/// @param tempo the time of a task in its last slices as a share of what was planned, as it was or
///   by the yardstick's time, whichever is nearer to 1; 0 where nothing was planned
public record WarmUp(
    Model model,
    State state,
    int slices,
    long loadNanos,
    double compiling,
    double trend,
    double tempo) {

  /// What a model had reached when its warm-up ended.
  public enum State {
    /// Its compilers are idle and its speed no longer rises.
    STEADY,
    /// Its compilers were still busy.
    COMPILING,
    /// It was still becoming faster.
    RISING,
    /// Its tasks take another time than was planned, on a machine at its planned speed.
    OFF_PLAN,
    /// One of its workers is much slower than another.
    SLOW_WORKER,
    /// The task itself, messages excluded, needs much more CPU time than in another model.
    SLOW_CODE
  }

  /// Whether what is measured of it afterwards is of its steady state.
  public boolean steady() {
    return state == State.STEADY;
  }

  /// Whether its code ran at another speed than was planned, whatever the machine's.
  public boolean offPlan() {
    return switch (state) {
      case OFF_PLAN, SLOW_WORKER, SLOW_CODE -> true;
      case STEADY, COMPILING, RISING -> false;
    };
  }

  /// What kept it from being measured, in words; empty if it is steady.
  public String reason() {
    return switch (state) {
      case STEADY -> "";
      case COMPILING -> "still compiling: %.0f%% of its CPU time".formatted(100 * compiling);
      case RISING ->
          "still becoming faster: %.0f%% within its last slices".formatted(100 * Math.expm1(trend));
      case OFF_PLAN -> "its tasks took %.2f times what was planned".formatted(tempo);
      case SLOW_WORKER -> "one of its workers was much slower than another";
      case SLOW_CODE ->
          "its tasks, messages excluded, needed more than twice the CPU time of another model's";
    };
  }
}
