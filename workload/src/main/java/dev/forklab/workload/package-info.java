/// What is computed: workloads, and their description as data.
///
/// A [dev.forklab.workload.Workload] is a CPU-bound function with a knob: a message in, a reply
/// out, and a count of iterations that says how much work it is. A
/// [dev.forklab.workload.WorkloadSpec] names one, with its count, as data that can be sent to
/// another process; both sides make the same [dev.forklab.workload.TaskFunction] of it. Three are
/// built in: [dev.forklab.workload.Seal] encrypts a document with a password (the CPU's
/// arithmetic), [dev.forklab.workload.Documents] parses and writes JSON (the heap and its
/// collector), [dev.forklab.workload.Triad] streams over arrays (memory bandwidth).
///
/// ```java
/// byte[] message = new byte[4096];
///
/// // The function itself, on this thread ...
/// TaskFunction function = new WorkloadSpec(Seal.NAME, 2000).function();
/// byte[] reply = function.apply(message);
///
/// // ... or in a pool: the models differ in who runs it, and in nothing else.
/// try (WorkerPool pool = PlatformThreadPool.open(PoolOptions.ofWorkers("sealers", 2), function)) {
///   CompletableFuture<byte[]> future = pool.submit(message);
///   assert Arrays.equals(reply, future.get());
/// }
/// ```
///
/// **A workload of your own** is a public class with a public constructor without parameters that
/// implements [dev.forklab.workload.Workload], on the class path of every process that runs it.
/// Name the class in a spec; or list it in `META-INF/services/dev.forklab.workload.Workload` and
/// use its [dev.forklab.workload.Workload#name()]. It has to be pure: the lab compares the replies
/// of all models, and a reply that differs has no time.
///
/// The contract of a pool is [dev.forklab.workload.pool]; this package depends on nothing but the
/// JDK and JSpecify's annotations.
@NullMarked
package dev.forklab.workload;

import org.jspecify.annotations.NullMarked;
