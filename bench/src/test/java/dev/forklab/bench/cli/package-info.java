/// Tests of the command line.
@NullMarked
package dev.forklab.bench.cli;

import org.jspecify.annotations.NullMarked;
