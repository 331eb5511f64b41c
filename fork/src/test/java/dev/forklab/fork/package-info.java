@NullMarked
package dev.forklab.fork;

import org.jspecify.annotations.NullMarked;
