@NullMarked
package dev.forklab.processes;

import org.jspecify.annotations.NullMarked;
