/// Tests of planning: properties that hold for any request, machine and seed.
@NullMarked
package dev.forklab.bench.plan;

import org.jspecify.annotations.NullMarked;
