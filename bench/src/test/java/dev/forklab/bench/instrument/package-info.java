@NullMarked
package dev.forklab.bench.instrument;

import org.jspecify.annotations.NullMarked;
