/// Workers that share a server's port: Node's `cluster` for the JVM.
///
/// ## A cluster
///
/// ```java
/// import dev.forklab.fork.cluster.*;
/// import java.io.*;
/// import java.net.*;
/// import java.nio.channels.*;
///
/// public class Greeting {
///   public static class Worker {
///     public static void main(String[] args) throws IOException {
///       ClusterWorker worker = ClusterWorker.get();
///       ServerSocketChannel listener = worker.listener();
///       try {
///         while (true) {
///           try (Socket client = listener.accept().socket()) {
///             client.getOutputStream().write("hello\n".getBytes());
///           }
///         }
///       } catch (ClosedChannelException drained) {
///         // No more connections: what this worker has begun it may end.
///       }
///     }
///   }
///
///   public static void main(String[] args) throws Exception {
///     try (Cluster cluster = Cluster.of(Worker.class, 2).start()) {
///       cluster.reload().get(); // New code, for example: nothing is refused meanwhile.
///       try (Socket client = new Socket("localhost", cluster.address().getPort())) {
///         System.out.print(new String(client.getInputStream().readAllBytes()));
///       }
///     }
///   }
/// }
/// ```
///
/// `docs/cluster.md` says which policy ([ClusterPolicy]) to take, with measured shares, and how to
/// run HTTP servers on it.
///
/// ## Promises
///
/// - The primary binds the address and keeps the socket for its whole life: nothing is refused,
///   also while no worker lives. A failure to bind is a [java.net.BindException] from
///   [ClusterOptions#start()].
/// - A worker's death is told once ([ClusterOptions#onExit]), with code or signal, and the worker
///   is replaced as the [dev.forklab.fork.pool.RestartPolicy] says. Only the connections that its
///   program had accepted are lost.
/// - [Cluster#reload()] and [Cluster#scale] lose no connection that ends within the drain time.
/// - When the primary ends, however that happens, its workers do too, and the port is free.
///
/// ## Limits
///
/// Linux only. Workers need Java 25, with internals of the JDK opened to this library by flags that
/// the cluster gives them ([dev.forklab.fork.ForkOptions.Builder#addExecArgv]): the JDK has no
/// other way to make a channel of an inherited descriptor. Where one of these is missing, an
/// [java.io.IOException] says so.
@NullMarked
package dev.forklab.fork.cluster;

import org.jspecify.annotations.NullMarked;
