package dev.forklab.bench.host;

import java.nio.ByteBuffer;

/// Holds so many MiB of touched memory outside the heap until its standard input ends; with a
/// second argument it first starts a child that does the same.
final class Holder {

  private static final int PAGE_BYTES = 4096;
  private static final int MIB = 1 << 20;

  private Holder() {}

  public static void main(String[] arguments) throws Exception {
    ByteBuffer held = ByteBuffer.allocateDirect(Integer.parseInt(arguments[0]) * MIB);
    for (int at = 0; at < held.capacity(); at += PAGE_BYTES) {
      held.put(at, (byte) 1);
    }
    if (arguments.length > 1) {
      try (ChildJvm child = ChildJvm.start(Holder.class, arguments[0])) {
        System.out.println("ready " + child.pid());
        waitForEnd();
      }
    } else {
      System.out.println("ready");
      waitForEnd();
    }
    System.out.println("held " + held.capacity());
  }

  private static void waitForEnd() throws Exception {
    System.in.readAllBytes();
  }
}
