/// The pool whose workers are forked processes.
@NullMarked
package dev.forklab.processes;

import org.jspecify.annotations.NullMarked;
