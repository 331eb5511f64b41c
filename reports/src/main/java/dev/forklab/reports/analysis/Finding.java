package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;

/// One paired comparison of two models in one cell, with its interval and its verdict.
///
/// @param ratio the model's number divided by the other's, paired within rounds: for throughput
///   above 1 is better, for latency and CPU time below 1. Its interval is the one that the verdict
///   was read from: widened for the many comparisons of a run, so that at most 5% of all verdicts
///   are expected to be wrong, and never narrower than what the A/A control typically reaches. Of a
///   UNMEASURED verdict it is for the CSV only
/// @param verdict read from the model's side: FASTER means `model` is better than `against`
public record Finding(
    Metric metric, Cell cell, Model model, Model against, Estimate ratio, Verdict verdict) {}
