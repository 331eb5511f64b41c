package dev.forklab.bench.experiment;

/// What one slice said.
///
/// @param block which launch of the processes that are measured, from 0
/// @param round within the block, from 0: the unit of pairing
/// @param measure what was measured, by its name in files
/// @param contestant who was measured
/// @param value in the unit of the measure; above 0 where ratios are made of it
/// @param count how many events it rests on
/// @param <C> a contestant
public record Sample<C>(
    int block, int round, String measure, C contestant, double value, long count) {}
