@NullMarked
package dev.forklab.fork.channel;

import org.jspecify.annotations.NullMarked;
