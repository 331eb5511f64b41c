/// Tests of the comparison with Node.
@NullMarked
package dev.forklab.bench.channel;

import org.jspecify.annotations.NullMarked;
