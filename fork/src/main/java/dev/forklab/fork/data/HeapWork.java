package dev.forklab.fork.data;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// What a JVM's heap has cost since the JVM started: running totals, the difference of two says
/// what happened between. A total that the JVM does not give is -1.
///
/// @param collections collections of garbage that have ended
/// @param collectionMillis how long they took, each in whole milliseconds
/// @param allocatedBytes given to new objects, by all threads together
public record HeapWork(long collections, long collectionMillis, long allocatedBytes) {

  /// What is asked, looked up once: each look-up goes through all the JVM's management.
  private static final class Asked {
    static final List<GarbageCollectorMXBean> COLLECTORS =
        ManagementFactory.getGarbageCollectorMXBeans();

    /// A program that limits its modules need not have this one.
    static final boolean HAS_ALLOCATION =
        ModuleLayer.boot().findModule("jdk.management").isPresent();

    static final java.lang.management.ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Asked() {}
  }

  /// Of this JVM; the first call loads the management classes.
  public static HeapWork ofThisJvm() {
    long collections = 0;
    long millis = 0;
    for (GarbageCollectorMXBean collector : Asked.COLLECTORS) {
      collections += Math.max(0, collector.getCollectionCount());
      millis += Math.max(0, collector.getCollectionTime());
    }
    long allocated =
        Asked.HAS_ALLOCATION && Asked.THREADS instanceof ThreadMXBean threads
            ? threads.getTotalThreadAllocatedBytes()
            : -1;
    return new HeapWork(collections, millis, allocated);
  }
}
