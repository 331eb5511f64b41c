package dev.forklab.reports.analysis;

import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.Model;

/// Latency of one model while tasks arrive on a schedule, at one share of its own capacity, over
/// all trials of the run.
///
/// @param load the share of the model's capacity that was offered
/// @param offered tasks per second that arrived, the mean over trials
/// @param achieved tasks per second that were answered, the mean over trials
/// @param p50 nanoseconds from when a task was due until its reply
/// @param tasks how many tasks the percentiles rest on
/// @param trials in how many trials
public record OpenLoopResult(
    Cell cell,
    Model model,
    double load,
    double offered,
    double achieved,
    double p50,
    double p90,
    double p99,
    double max,
    long tasks,
    int trials) {}
