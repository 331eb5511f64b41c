/// A pool of child JVMs: dispatch, supervision, restart.
@NullMarked
package dev.forklab.fork.pool;

import org.jspecify.annotations.NullMarked;
