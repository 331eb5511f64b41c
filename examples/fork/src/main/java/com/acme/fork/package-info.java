/// Examples of `fork()`, one file each, each with a main method that prints what happens:
///
/// | example | shows |
/// |---|---|
/// | [Talk] | parent and child that send each other records |
/// | [BigData] | a file's worth of bytes to the child and back, in small heaps |
/// | [Pool] | work on a pool of child JVMs |
/// | [Progress] | a task that says how far it is, and one that is cancelled |
/// | [WebService] | an HTTP service whose workers share a port, reloaded while it answers |
/// | [Supervision] | a task that kills its worker, one that never ends, and what the pool says |
@NullMarked
package com.acme.fork;

import org.jspecify.annotations.NullMarked;
