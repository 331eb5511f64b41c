/// The `threads` model: workers are platform threads, messages are passed by reference.
@NullMarked
package dev.forklab.threads;

import org.jspecify.annotations.NullMarked;
