/// Tests of what is made of the harness's results, on results made up for them.
@NullMarked
package dev.forklab.bench.jmh;

import org.jspecify.annotations.NullMarked;
