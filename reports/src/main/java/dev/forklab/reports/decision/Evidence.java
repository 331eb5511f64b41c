package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Estimate;

/// A number, its interval, and what it rests on.
public record Evidence(Estimate estimate, Basis basis) {}
