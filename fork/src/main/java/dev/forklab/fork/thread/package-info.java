/// What a thread that calls user code needs.
@NullMarked
package dev.forklab.fork.thread;

import org.jspecify.annotations.NullMarked;
