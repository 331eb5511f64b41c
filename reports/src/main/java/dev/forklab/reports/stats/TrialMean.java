package dev.forklab.reports.stats;

/// What one trial says: the lower level of a two-level interval.
///
/// @param value the trial's estimate
/// @param variance how far that estimate would vary if the same trial had gone on with other
///   rounds; NaN if one round alone says nothing of it
/// @param degreesOfFreedom what the variance rests on
public record TrialMean(double value, double variance, double degreesOfFreedom) {}
