@NullMarked
package dev.forklab.workload;

import org.jspecify.annotations.NullMarked;
