/// Tests of executing a plan: real trials, as small as they can be.
@NullMarked
package dev.forklab.bench.run;

import org.jspecify.annotations.NullMarked;
