package dev.forklab.fork.channel;

import dev.forklab.fork.data.MessageWork;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.LongAdder;

/// Times what messages cost one end of a channel, from the first time that somebody asks.
///
/// It reads the CPU clock of the thread that handles the message, a system call of some 0.2 µs:
/// wall time would count what other threads do meanwhile, and to write to a worker is to wake it.
/// So nothing is timed before [#work] is first called; until then a part costs the look at a flag.
/// What a reading itself takes is measured then, and taken off.
///
/// Safe for use by many threads. Virtual threads have no CPU clock and are not timed.
public final class MessageClock {

  /// What a message is timed in.
  public enum Part {
    ENCODE,
    WRITE,
    READ,
    DECODE,
    TASK
  }

  private static final long NOT_TIMED = -1;
  private static final int READINGS = 1000;

  /// Looked up once, and only where something is timed.
  private static final class Cpu {
    static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Cpu() {}

    static long nanos() {
      return THREADS.getCurrentThreadCpuTime();
    }
  }

  private final LongAdder[] nanos = new LongAdder[Part.values().length];
  // Written once, before `on`, which orders it for those that time.
  private long readingNanos;
  // Set once, by whoever asks first; read by all who handle messages.
  private volatile boolean on;

  public MessageClock() {
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = new LongAdder();
    }
  }

  /// A part begins. Its end must be told on the same thread.
  ///
  /// @return what [#end] must be given
  public long begin() {
    return on && !Thread.currentThread().isVirtual() ? Cpu.nanos() : NOT_TIMED;
  }

  /// The part has ended.
  public void end(Part part, long begun) {
    if (begun != NOT_TIMED) {
      nanos[part.ordinal()].add(Math.max(0, Cpu.nanos() - begun - readingNanos));
    }
  }

  /// What began then does not belong to the part in which it lies.
  void takeOff(Part part, long begun) {
    if (begun != NOT_TIMED) {
      nanos[part.ordinal()].add(begun - Cpu.nanos() - readingNanos);
    }
  }

  static boolean isTimed(long begun) {
    return begun != NOT_TIMED;
  }

  /// The totals so far; all 0 when it is first called, and where the JVM has no such clock.
  public synchronized MessageWork work() {
    if (!on && Cpu.THREADS.isCurrentThreadCpuTimeSupported()) {
      long begun = Cpu.nanos();
      for (int i = 1; i < READINGS; i++) {
        Cpu.nanos();
      }
      readingNanos = (Cpu.nanos() - begun) / READINGS;
      on = true;
    }
    return new MessageWork(
        total(Part.ENCODE),
        total(Part.WRITE),
        total(Part.READ),
        total(Part.DECODE),
        total(Part.TASK));
  }

  private long total(Part part) {
    return Math.max(0, nanos[part.ordinal()].sum());
  }
}
