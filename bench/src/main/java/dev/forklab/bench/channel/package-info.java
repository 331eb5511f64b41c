/// `fork()` beside Node's own, in the same run: start, round trips, rates, memory.
///
/// Two *drivers*, one JVM and one Node, each fork children and measure slices of them on command;
/// [dev.forklab.bench.channel.ChannelBench] commands them in turn, so that slices of all
/// contestants interleave. A driver measures with its own clock: nothing of the lab lies between
/// the two readings.
@NullMarked
package dev.forklab.bench.channel;

import org.jspecify.annotations.NullMarked;
