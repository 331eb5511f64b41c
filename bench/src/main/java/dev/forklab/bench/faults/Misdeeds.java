package dev.forklab.bench.faults;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/// What the faults do that happen in a task. Each moves the [Witness] first, or as it goes on.
final class Misdeeds {

  static final int EXIT_CODE = 42;
  static final int HALT_CODE = 43;
  static final int POISON_CODE = 44;
  static final String WORDS = "thrown on purpose";

  private static final int MIB = 1 << 20;
  private static final int SPINS = 1 << 20;
  private static final int GARBAGE_BYTES = 64 << 10;
  private static final int SURVIVORS = 128;

  /// What is never given back. A mutable static on purpose: that is what leaks are made of.
  private static final Queue<Object> KEPT = new ConcurrentLinkedQueue<>();

  /// What every reply is masked with: zeros, until a task writes here. On purpose as well.
  private static final byte[] MASK = new byte[16];

  private Misdeeds() {}

  /// Does what the message asks for.
  ///
  /// @return the task's reply, or empty if it goes on to its work
  static Optional<byte[]> commit(FaultMessage task, Witness witness) throws Exception {
    int amount = task.amount();
    switch (task.fault()) {
      case EXCEPTION -> {
        witness.add(1);
        throw new IllegalStateException(WORDS);
      }
      case EXIT -> {
        witness.add(1);
        System.exit(EXIT_CODE);
      }
      case HALT -> {
        witness.add(1);
        Runtime.getRuntime().halt(HALT_CODE);
      }
      case POISON -> {
        witness.add(1);
        Runtime.getRuntime().halt(POISON_CODE);
      }
      case SEGV -> {
        witness.add(1);
        crash();
      }
      case OOM -> exhaustHeap(witness);
      case NATIVE -> exhaustDirectMemory(witness);
      case STACK -> witness.add(recurse(witness));
      case LOOP -> loop(witness);
      case DEADLOCK -> deadlock(witness);
      case IGNORE -> ignoreInterruption(witness);
      case LEAK -> {
        KEPT.add(new byte[amount]);
        witness.add(amount);
      }
      case THREADS -> leakThread(witness);
      case DESCRIPTORS -> leakDescriptors(amount, witness);
      case GARBAGE -> makeGarbage(amount, witness);
      case STATIC -> {
        witness.add(1);
        Arrays.fill(MASK, (byte) 0x5A);
      }
      case HUGE -> {
        byte[] reply = new byte[amount];
        witness.add(reply.length);
        return Optional.of(reply);
      }
      case NONE, KILL, STOP, NEIGHBOR ->
          throw new IllegalArgumentException(
              "expected a fault that a task can do, found " + task.fault().id());
    }
    return Optional.empty();
  }

  /// A reply as static state has it.
  static byte[] masked(byte[] reply) {
    for (int i = 0; i < MASK.length && i < reply.length; i++) {
      reply[i] ^= MASK[i];
    }
    return reply;
  }

  @SuppressWarnings("restricted") // It is the point.
  private static void crash() {
    MemorySegment.ofAddress(0).reinterpret(1).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
  }

  private static void exhaustHeap(Witness witness) {
    List<byte[]> held = new ArrayList<>();
    while (held.size() < Integer.MAX_VALUE) {
      held.add(new byte[MIB]);
      witness.add(MIB);
    }
  }

  private static void exhaustDirectMemory(Witness witness) {
    while (true) {
      KEPT.add(ByteBuffer.allocateDirect(MIB));
      witness.add(MIB);
    }
  }

  @SuppressWarnings("InfiniteRecursion") // It is the point.
  private static long recurse(Witness witness) {
    witness.add(1);
    return 1 + recurse(witness);
  }

  private static void loop(Witness witness) {
    while (true) {
      for (int i = 0; i < SPINS; i++) {
        Thread.onSpinWait();
      }
      witness.add(1);
    }
  }

  /// Each of two threads holds what the other waits for. A third one sees that both are blocked.
  private static void deadlock(Witness witness) throws InterruptedException {
    Object mine = new Object();
    Object others = new Object();
    CountDownLatch held = new CountDownLatch(1);
    Thread task = Thread.currentThread();
    synchronized (mine) {
      Thread other =
          Thread.ofPlatform()
              .name("deadlocked")
              .daemon()
              .start(() -> {
                synchronized (others) {
                  held.countDown();
                  synchronized (mine) {
                    witness.add(-1); // Never: the task does not let go.
                  }
                }
              });
      held.await();
      Thread.ofPlatform()
          .name("sees-deadlock")
          .daemon()
          .start(() -> {
            while (task.getState() != Thread.State.BLOCKED
                || other.getState() != Thread.State.BLOCKED) {
              Thread.onSpinWait();
            }
            witness.add(1);
          });
      synchronized (others) {
        witness.add(-1); // Never.
      }
    }
  }

  private static void ignoreInterruption(Witness witness) {
    CountDownLatch never = new CountDownLatch(1);
    witness.add(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException e) {
        witness.add(1); // Ignored on purpose.
      }
    }
  }

  private static void leakThread(Witness witness) {
    CountDownLatch never = new CountDownLatch(1);
    Thread.ofPlatform()
        .name("leaked")
        .daemon()
        .start(() -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            witness.add(-1);
          }
        });
    witness.add(1);
  }

  @SuppressWarnings("StreamResourceLeak") // It is the point.
  private static void leakDescriptors(int count, Witness witness) throws IOException {
    for (int i = 0; i < count; i++) {
      KEPT.add(new FileInputStream("/dev/null"));
      witness.add(1);
    }
  }

  /// Some of it lives for a moment, so that collections have something to copy.
  private static void makeGarbage(int millis, Witness witness) {
    byte[][] living = new byte[SURVIVORS][];
    long end = System.nanoTime() + millis * 1_000_000L;
    for (int i = 0; System.nanoTime() < end; i++) {
      living[i % SURVIVORS] = new byte[GARBAGE_BYTES];
      witness.add(GARBAGE_BYTES);
    }
  }
}
