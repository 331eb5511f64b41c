package dev.forklab.workload;

/// A CPU-bound function under test: a message in, a reply out, and a knob for how much work.
///
/// To bring your own, implement this in a class with a public no-argument constructor, and name the
/// class in a [WorkloadSpec]; or register it with [java.util.ServiceLoader] and use its [#name()].
/// An implementation is *pure* (same message and iterations, same reply, in every process) and safe
/// for use by many threads at once: each worker process has one instance, each thread pool shares
/// one.
public interface Workload {

  /// The name that a [WorkloadSpec] and the reports use; the class name unless overridden.
  default String name() {
    return getClass().getName();
  }

  /// Heap bytes that one running task holds beside its message and reply, and that the JVMs must be
  /// given: 0 unless overridden. What is left as garbage does not count.
  default long taskHeapBytes() {
    return 0;
  }

  /// Computes the reply to one message.
  ///
  /// @param message the task's bytes, possibly empty; must not be modified
  /// @param iterations how much work to do, at least 1: CPU time should grow with it, roughly in
  ///   proportion, so that calibration can find the count for a wanted task time. A workload whose
  ///   work is fixed by the message ignores it.
  /// @throws Exception whatever went wrong; it fails this task and no other
  byte[] apply(byte[] message, int iterations) throws Exception;
}
