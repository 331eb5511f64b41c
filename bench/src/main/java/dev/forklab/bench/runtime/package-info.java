/// Programs of other runtimes, or JVMs of our own, that are told what to do line by line.
@NullMarked
package dev.forklab.bench.runtime;

import org.jspecify.annotations.NullMarked;
