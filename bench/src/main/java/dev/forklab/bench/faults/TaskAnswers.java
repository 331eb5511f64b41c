package dev.forklab.bench.faults;

/// Hears what becomes of tasks; called by the threads of a [ServiceClient].
interface TaskAnswers {

  /// A reply came.
  void replied(int task, byte[] reply, long nanos);

  /// The service said that there will be none.
  void failed(int task, String why, long nanos);

  /// The connection over which it was submitted has ended, or there was none.
  void lost(int task, long nanos);
}
