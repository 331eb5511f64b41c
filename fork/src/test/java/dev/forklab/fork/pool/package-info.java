@NullMarked
package dev.forklab.fork.pool;

import org.jspecify.annotations.NullMarked;
