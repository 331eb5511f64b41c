package dev.forklab.fork.pool;

import org.jspecify.annotations.Nullable;

/// What a pool's workers do with a request.
///
/// Each worker makes one object of the class, by its name: it is public (and, if nested, static)
/// and has a public constructor without parameters. The object does one request after the other, on
/// the worker's main thread, so its fields need no lock; they last as long as the worker.
///
/// The class says what requests and replies are: they are bound to `Q` and `R` as it names them,
/// also with parameters (`implements Task<List<Point>, Area>`). A class that leaves them open gets
/// maps, lists and scalars.
///
/// @param <Q> a request
/// @param <R> a reply; may be null, but for a `byte[]`
@FunctionalInterface
public interface Task<Q, R extends @Nullable Object> {

  /// Does one request.
  ///
  /// @throws Exception whatever went wrong; it fails this request and no other
  ///   ([TaskFailure.Threw])
  R run(Q request, TaskContext context) throws Exception;

  /// Called once, before the first request: to open a model, load a native library, connect. Of the
  /// pool's own task this is part of the worker's start, so one that throws counts as a start that
  /// failed ([RestartPolicy]); of any other task it fails the request.
  ///
  /// @param worker what the pool's options say to all workers
  /// @throws Exception whatever went wrong
  default void start(WorkerContext worker) throws Exception {}
}
