package dev.forklab.results;

/// One stretch of one model under tasks that arrive on a schedule, whatever the pool does.
///
/// Latency counts from the moment a task was *meant* to arrive, so a pool that holds its submitter
/// up does not hide the wait (coordinated omission: Tene, "How NOT to Measure Latency").
///
/// @param load the share that was offered of the lowest capacity among the trial's models: 0.5,
///   0.7, 0.9, 0.95; so every model is offered the same
/// @param capacity tasks per second that this model reached in this trial with its pool kept full
/// @param offered tasks per second that arrived: the schedule's, over its length
/// @param achieved tasks per second that were answered, until the last of them was
/// @param tasks how many tasks arrived; each was answered
/// @param wrongReplies replies that were not what they should have been
/// @param latency nanoseconds from intended arrival to reply, as a base64 HdrHistogram (compressed
///   V2)
public record OpenLoop(
    Model model,
    double load,
    double capacity,
    double offered,
    double achieved,
    long tasks,
    int wrongReplies,
    String latency) {}
