/// Tests of processes and how they end.
@NullMarked
package dev.forklab.bench.runtime;

import org.jspecify.annotations.NullMarked;
