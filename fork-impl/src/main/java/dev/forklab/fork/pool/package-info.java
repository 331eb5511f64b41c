/// A pool of child JVMs: dispatch, supervision, restart.
///
/// ## A pool
///
/// ```java
/// import dev.forklab.fork.pool.*;
/// import dev.forklab.workload.*;
/// import dev.forklab.workload.pool.PoolOptions;
/// import java.time.Duration;
///
/// class Primes {
///   public static void main(String[] args) throws Exception {
///     PoolOptions two =
///         PoolOptions.ofWorkers("primes", 2).withTaskTimeout(Duration.ofSeconds(5));
///     ForkPoolOptions options =
///         ForkPoolOptions.of(two, new WorkloadSpec("NextPrime", 1)).withHeapLimit(64 << 20);
///     try (ForkPool pool = new ForkPool(options)) {
///       byte[] reply = pool.submit(new byte[] {100}).get();
///       System.out.println("next prime: " + reply[0]);
///     }
///   }
/// }
/// ```
///
/// and what each child runs, a public class with a public constructor that is made by its name:
///
/// ```java
/// public class NextPrime implements dev.forklab.workload.Workload {
///   @Override
///   public byte[] apply(byte[] message, int iterations) {
///     return new java.math.BigInteger(message).nextProbablePrime().toByteArray();
///   }
/// }
/// ```
///
/// A task's future always completes: with its reply, or with a
/// [dev.forklab.workload.pool.TaskFailure] that says what became of it.
///
/// | a task that | its future fails with | its worker |
/// |---|---|---|
/// | throws, an [OutOfMemoryError] or [StackOverflowError] too | `Threw`, with the child's stack trace | goes on |
/// | ends its process: `System.exit`, a crash of native code, the system's killer | `WorkerDied`, with the exit | is replaced at once |
/// | exhausts the heap, with [ForkPoolOptions#withExitOnOutOfMemory] | `WorkerDied`, exit code 3 | is replaced at once |
/// | runs longer than its limit | `TimedOut` | is ended and replaced |
/// | is too long a message for its reader's memory | an [OutOfMemoryError] | goes on |
/// | comes when the queue is full | `Rejected`, or waits: [dev.forklab.workload.pool.PoolOptions.WhenFull] | |
/// | comes when the pool has ended | `PoolClosed` | |
///
/// ## What ends the pool
///
/// - [ForkPool#close()]: it takes no more tasks, lets those it has finish within the drain time,
///   and says what was lost. A Ctrl-C or SIGTERM goes to the parent alone: close the pool in a
///   shutdown hook, and what runs finishes.
/// - The end of the parent, however that happens: the children see it, and end.
/// - Never a task. Deaths that a task explains are that task's; only workers that die by
///   themselves, or do not start, count towards a limit ([RestartPolicy]), and at the limit the
///   pool keeps trying and says so, unless it was told to fail.
/// - A first start that fails: a pool of which no child was ever ready fails, with the reason.
///
/// Limits are those of [dev.forklab.fork], where packaging is described as well.
@NullMarked
package dev.forklab.fork.pool;

import org.jspecify.annotations.NullMarked;
