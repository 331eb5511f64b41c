/// Starting a process, killing it, and learning how it ended.
///
/// On Linux a child is started with `posix_spawn` through the foreign-function interface, because
/// the JDK's [Process] cannot tell `exit(137)` from a SIGKILL. Elsewhere, or where native access is
/// denied or the C library lacks a function (glibc has all since 2.34), [ProcessBuilder] does it,
/// and says "unknown" where it cannot tell.
@NullMarked
package dev.forklab.fork.process;

import org.jspecify.annotations.NullMarked;
