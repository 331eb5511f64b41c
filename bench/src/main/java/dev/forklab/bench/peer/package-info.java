/// Other runtimes that run the same work beside the lab's models: Node and Python.
///
/// A peer is a process of its own runtime that owns its pool and submits its tasks itself, as a
/// program written for that runtime would; a [dev.forklab.bench.peer.PeerDriver] tells it over its
/// standard input what to do, and reads what came of it. Nothing of the lab stands between a peer's
/// submitter and its workers: the JVM sleeps while a slice of a peer runs. So a peer counts its
/// tasks and times its slices itself, with the same kernel clock (`CLOCK_MONOTONIC`) as the JVM.
@NullMarked
package dev.forklab.bench.peer;

import org.jspecify.annotations.NullMarked;
