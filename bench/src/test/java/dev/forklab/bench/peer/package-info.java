@NullMarked
package dev.forklab.bench.peer;

import org.jspecify.annotations.NullMarked;
