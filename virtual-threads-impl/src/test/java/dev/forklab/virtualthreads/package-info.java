@NullMarked
package dev.forklab.virtualthreads;

import org.jspecify.annotations.NullMarked;
