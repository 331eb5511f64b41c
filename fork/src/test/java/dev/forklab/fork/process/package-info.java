@NullMarked
package dev.forklab.fork.process;

import org.jspecify.annotations.NullMarked;
