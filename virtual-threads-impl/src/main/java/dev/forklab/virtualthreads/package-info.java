/// The `virtual` model: a virtual thread per task, a fixed number of them running at a time.
@NullMarked
package dev.forklab.virtualthreads;

import org.jspecify.annotations.NullMarked;
