@NullMarked
package dev.forklab.bench.host;

import org.jspecify.annotations.NullMarked;
