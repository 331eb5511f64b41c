@NullMarked
package dev.forklab.results.sample;

import org.jspecify.annotations.NullMarked;
