/// The one suite that every model of a pool passes, and what it needs: a workload that does what
/// the message says, and the check that nothing is left behind.
@NullMarked
package dev.forklab.workload.pool;

import org.jspecify.annotations.NullMarked;
