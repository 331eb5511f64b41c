@NullMarked
package dev.forklab.threads;

import org.jspecify.annotations.NullMarked;
