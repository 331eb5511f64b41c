package dev.forklab.workload;

/// The function that a worker runs: a [Workload] bound to its amount of work.
///
/// Pure: the same message gives the same reply, in every model, process and runtime. Called by many
/// threads at once. Neither array is kept or changed by the function after it returns.
@FunctionalInterface
public interface TaskFunction {

  /// The reply to `message`.
  ///
  /// @param message the task's bytes; may be empty; must not be modified
  /// @throws Exception whatever the work threw; it fails this task and no other
  byte[] apply(byte[] message) throws Exception;
}
