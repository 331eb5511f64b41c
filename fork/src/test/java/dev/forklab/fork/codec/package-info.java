@NullMarked
package dev.forklab.fork.codec;

import org.jspecify.annotations.NullMarked;
