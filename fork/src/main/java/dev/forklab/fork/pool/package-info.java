/// A pool of child JVMs: dispatch, supervision, restart.
///
/// ## A pool
///
/// ```java
/// import dev.forklab.fork.pool.*;
/// import java.util.stream.IntStream;
///
/// public class Primes {
///   public record Range(int from, int to) {}
///
///   public static class Count implements Task<Range, Long> {
///     public Long run(Range range, TaskContext context) {
///       return IntStream.range(range.from(), range.to()).filter(Primes::isPrime).count();
///     }
///   }
///
///   static boolean isPrime(int n) {
///     return n > 1 && IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(d -> n % d == 0);
///   }
///
///   public static void main(String[] args) throws Exception {
///     try (ForkPool<Range, Long> pool = ForkPool.of(Count.class, 2)) {
///       System.out.println("primes below 1000: " + pool.submit(new Range(0, 1000)).get());
///     }
///   }
/// }
/// ```
///
/// Each worker creates one object of the task's class, by name, and calls [Task#start] once, where
/// a task prepares what it needs. Requests and replies are bound by Jackson, or travel as they are
/// ([ForkPoolOptions#serialization]). Everything else is an option with a default:
///
/// ```
/// ForkPool.with(Count.class)
///     .workers(2)
///     .heapLimit("256m")
///     .taskTimeout(Duration.ofSeconds(5))
///     .open();
/// ```
///
/// A task's future always completes: with its reply, or with a [TaskFailure] that says what
/// happened to it.
///
/// | a task that | its future fails with | its worker |
/// |---|---|---|
/// | throws (even an [OutOfMemoryError] or [StackOverflowError]) | `Threw`, with the child's stack trace | continues |
/// | ends its process: `System.exit`, a crash in native code, the system's OOM killer | `WorkerDied`, with the exit | is replaced at once |
/// | exhausts the heap, with [ForkPoolOptions#exitOnOutOfMemory] | `WorkerDied`, exit code 3 | is replaced at once |
/// | runs longer than its limit | `TimedOut` | is ended and replaced |
/// | has a message too long for its reader's memory | an [OutOfMemoryError] | continues |
/// | comes when the queue is full | `Rejected`, or waits: [WhenFull] | |
/// | comes when the pool has ended | `PoolClosed` | |
///
/// ## What ends the pool
///
/// - [ForkPool#close()]: the pool takes no more tasks, lets those it has finish within the drain
///   time, and reports what was lost. Ctrl-C or SIGTERM reaches only the parent: close the pool in
///   a shutdown hook, and running tasks finish.
/// - The end of the parent, however that happens: the children notice, and end.
/// - A failed first start: a pool in which no child was ever ready fails, with the reason.
/// - Never a task. A death that a task explains counts against that task; only workers that die by
///   themselves, or do not start, count towards the limit ([RestartPolicy]). At the limit the pool
///   keeps trying and says so, unless it was told to fail.
///
/// Limits are those of [dev.forklab.fork], where packaging is described as well.
@NullMarked
package dev.forklab.fork.pool;

import org.jspecify.annotations.NullMarked;
