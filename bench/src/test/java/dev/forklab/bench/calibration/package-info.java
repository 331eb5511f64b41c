@NullMarked
package dev.forklab.bench.calibration;

import org.jspecify.annotations.NullMarked;
