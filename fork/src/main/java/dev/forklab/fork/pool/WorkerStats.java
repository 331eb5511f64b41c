package dev.forklab.fork.pool;

import dev.forklab.fork.data.HeapUse;
import java.util.Optional;

/// One child of a pool, at one moment.
///
/// @param pid its process id
/// @param heap what its heap holds; empty if it is not connected or does not answer (it is stopped)
/// @param doneCount how many tasks it has answered, well or badly
public record WorkerStats(long pid, Optional<HeapUse> heap, long doneCount) {}
