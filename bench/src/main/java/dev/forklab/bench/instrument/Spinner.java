package dev.forklab.bench.instrument;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;

/// A program that burns CPU time on a given number of threads: says `ready`; for each line that
/// holds a number of milliseconds burns that much on each thread, by the threads' own clocks, and
/// says how many nanoseconds it was in all; ends when its standard input does, burning or not.
public final class Spinner {

  private static final ThreadFactory DAEMONS =
      Thread.ofPlatform().daemon().name("burning-", 0).factory();

  private Spinner() {}

  /// Burns as its standard input says.
  ///
  /// @param arguments the number of threads
  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[0]);
    // A daemon, not closed: the program must end with its input, even in the middle of burning.
    ExecutorService orders = Executors.newSingleThreadExecutor(DAEMONS);
    System.out.println("ready");
    try (Scanner in = new Scanner(System.in, StandardCharsets.UTF_8)) {
      while (in.hasNextLong()) {
        long nanosEach = in.nextLong() * 1_000_000;
        orders.execute(() -> System.out.println(burn(threads, nanosEach)));
      }
    }
  }

  private static long burn(int threads, long nanosEach) {
    LongAdder burnt = new LongAdder();
    try (ExecutorService burners = Executors.newFixedThreadPool(threads, DAEMONS)) {
      for (int i = 0; i < threads; i++) {
        burners.execute(() -> burnt.add(burn(nanosEach)));
      }
    }
    return burnt.sum();
  }

  private static long burn(long nanos) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    long used = 0;
    while (used < nanos) {
      Thread.onSpinWait();
      used = clock.getCurrentThreadCpuTime() - start;
    }
    return used;
  }
}
