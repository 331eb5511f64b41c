@NullMarked
package dev.forklab.bench.selftest;

import org.jspecify.annotations.NullMarked;
