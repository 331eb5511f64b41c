/// Tests of the comparison of clusters.
@NullMarked
package dev.forklab.bench.cluster;

import org.jspecify.annotations.NullMarked;
