/// Tests of faults: what the watcher makes of services that misbehave, and real faults.
@NullMarked
package dev.forklab.bench.faults;

import org.jspecify.annotations.NullMarked;
