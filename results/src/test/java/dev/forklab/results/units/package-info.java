@NullMarked
package dev.forklab.results.units;

import org.jspecify.annotations.NullMarked;
