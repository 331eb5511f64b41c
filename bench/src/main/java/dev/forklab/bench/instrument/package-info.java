/// Workloads and programs of which it is known beforehand what the lab should measure.
///
/// They run where real workloads run, in workers of every model, and are named by their classes.
/// What they need to know they find in system properties of their JVM, since a worker process is
/// given nothing else but messages.
@NullMarked
package dev.forklab.bench.instrument;

import org.jspecify.annotations.NullMarked;
