/// How a JVM is started with this one's classes, and a child process with its channel.
@NullMarked
package dev.forklab.fork.launch;

import org.jspecify.annotations.NullMarked;
