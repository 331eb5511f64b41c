package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;

/// Latency of one model while tasks arrive on a schedule, at one load, over all trials of the run.
///
/// @param load the share that was offered of the lowest capacity among the models compared
/// @param capacity tasks per second that this model reached when kept full, the mean over trials
/// @param offered tasks per second that arrived, the mean over trials
/// @param achieved tasks per second that were answered, the mean over trials
/// @param p50 nanoseconds from when a task was due until its reply
/// @param p99Low the 99th percentile of the stretch in which it was lowest
/// @param p99High of the one in which it was highest
/// @param tasks how many tasks the percentiles rest on
/// @param stretches in how many stretches
/// @param trials in how many trials (JVM launches)
public record OpenLoopResult(
    Cell cell,
    Model model,
    double load,
    double capacity,
    double offered,
    double achieved,
    double p50,
    double p90,
    double p99,
    double p99Low,
    double p99High,
    double max,
    long tasks,
    int stretches,
    int trials) {}
