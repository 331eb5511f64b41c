package dev.forklab.results;

/// The machine's running totals at one moment; the difference of two says what happened between. A
/// total that the platform does not give is -1.
///
/// @param epochMillis when they were read
/// @param load the one-minute load average
/// @param busyTicks CPU ticks not idle, all CPUs, since boot
/// @param totalTicks all CPU ticks since boot
/// @param stealTicks CPU ticks that the hypervisor gave to others
/// @param throttledNanos time that a CPU quota held this container back
/// @param freeBytes memory available without swapping
/// @param swappedPages pages swapped in and out since boot
/// @param memoryStallNanos time in which some task waited for memory (pressure stall information)
public record HostCounters(
    long epochMillis,
    double load,
    long busyTicks,
    long totalTicks,
    long stealTicks,
    long throttledNanos,
    long freeBytes,
    long swappedPages,
    long memoryStallNanos) {

  /// Totals of a system that does not tell of memory pressure.
  public HostCounters(
      long epochMillis,
      double load,
      long busyTicks,
      long totalTicks,
      long stealTicks,
      long throttledNanos,
      long freeBytes,
      long swappedPages) {
    this(
        epochMillis,
        load,
        busyTicks,
        totalTicks,
        stealTicks,
        throttledNanos,
        freeBytes,
        swappedPages,
        -1);
  }
}
