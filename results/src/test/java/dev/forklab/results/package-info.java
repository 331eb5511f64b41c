/// Tests of the run directory's reader and writer, on files that are whole, torn, damaged or full.
@NullMarked
package dev.forklab.results;

import org.jspecify.annotations.NullMarked;
