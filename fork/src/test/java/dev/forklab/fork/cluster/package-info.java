/// Tests of clusters, with real workers and connections.
@NullMarked
package dev.forklab.fork.cluster;

import org.jspecify.annotations.NullMarked;
