@NullMarked
package dev.forklab.fork.stream;

import org.jspecify.annotations.NullMarked;
