package dev.forklab.bench.channel;

/// What one slice said.
///
/// @param block which launch of the drivers, from 0
/// @param round within the block, from 0: the unit of pairing
/// @param measure [Measure#id()]
/// @param value in the unit of the measure's kind
/// @param count how many messages, starts or children it rests on
public record Sample(
    int block, int round, String measure, Contestant contestant, double value, long count) {}
