package dev.forklab.fork.data;

/// What a JVM's heap holds, in bytes.
///
/// @param usedBytes live and not yet collected objects
/// @param committedBytes memory that the JVM holds for its heap
/// @param maxBytes what it may grow to
public record HeapUse(long usedBytes, long committedBytes, long maxBytes) {

  /// Of this JVM, without loading the management classes.
  public static HeapUse ofThisJvm() {
    Runtime runtime = Runtime.getRuntime();
    long committed = runtime.totalMemory();
    return new HeapUse(committed - runtime.freeMemory(), committed, runtime.maxMemory());
  }
}
