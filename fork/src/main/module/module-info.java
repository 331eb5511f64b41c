/// fork() for the JVM with the semantics of Node.js, and pools of supervised child JVMs.
module dev.forklab.fork {
  exports dev.forklab.fork;
  exports dev.forklab.fork.cluster;
  exports dev.forklab.fork.data;
  exports dev.forklab.fork.pool;
  exports dev.forklab.fork.stream;

  // Of a listener's type: `TypeReference`.
  requires transitive tools.jackson.core;
  requires tools.jackson.databind;
  // The MBean of a pool, and what a child says of its heap.
  requires java.management;
  requires static jdk.management;
  // Who connects to a channel; where the module is not in the graph, the socket's own name tells.
  requires static jdk.net;
  // The signals that a worker leaves to its parent.
  requires static jdk.unsupported;
  requires static transitive org.jspecify;
}
