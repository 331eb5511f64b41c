/// Workers that share a port beside Node's `cluster`, in the same run: rates, times, shares, and
/// what a reload loses.
///
/// Each contestant is a *primary*, a process of its own with its workers, all of them running at
/// once and one of them under load at a time; [dev.forklab.bench.cluster.ClusterBench] loads them
/// in turn with one client, so that slices of all contestants interleave. All workers answer with
/// the same bytes.
@NullMarked
package dev.forklab.bench.cluster;

import org.jspecify.annotations.NullMarked;
