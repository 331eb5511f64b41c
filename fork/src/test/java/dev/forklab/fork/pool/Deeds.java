package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.Descriptor;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// A task that does what its message says: `echo`, `throw`, `exit 7`, `halt 7`, `spin`, `sleep
/// 100`, `mark FILE`, `await FILE`. Anything else is replied as it is.
public class Deeds implements Task<byte[], byte[]> {

  // What its process is to hold from then on.
  private static byte[] held = {};

  @Override
  public byte[] run(byte[] message, TaskContext context) throws Exception {
    if (message.length > 4096) {
      return message;
    }
    String[] words = new String(message, UTF_8).split(" ", 2);
    switch (words[0]) {
      case "throw" -> throw new IllegalStateException(words[1], new RuntimeException("why"));
      case "exit" -> System.exit(Integer.parseInt(words[1]));
      case "halt" -> Runtime.getRuntime().halt(Integer.parseInt(words[1]));
      case "sleep" -> Thread.sleep(Long.parseLong(words[1]));
      case "hold" -> {
        held = new byte[Integer.parseInt(words[1])];
        Arrays.fill(held, (byte) 1);
      }
      case "spin" -> spin();
      case "overflow" -> overflow(1);
      case "exhaust" -> exhaust();
      case "mark" -> mark(Path.of(words[1]));
      case "await" -> await(Path.of(words[1]));
      case "die" -> {
        mark(Path.of(words[1]));
        Runtime.getRuntime().halt(9);
      }
      case "garbage" -> write(new byte[64]);
      case "half" -> {
        write(new byte[] {0, 0, 1, 0, 5, 1, 0x46, 0x4B, 0, 0});
        Runtime.getRuntime().halt(0);
      }
      case "flood" -> {
        byte[] unasked = {0, 0, 0, 0, 5, 1, 0x46, 0x4B, 0, 0, 0, 0, 0, 0, 0, 0};
        for (int i = 0; i < 1000; i++) {
          write(unasked);
        }
      }
      case "progress" -> {
        for (int i = 0; i < Integer.parseInt(words[1]); i++) {
          context.progress(Integer.toString(i));
        }
      }
      case "cancelled" -> write(frame(8, Long.parseLong(words[1])));
      case "hello" -> write(frame(1, Long.parseLong(words[1])));
      case "reports" -> {
        while (true) {
          context.progress("more");
          Thread.sleep(1);
        }
      }
      case "property" -> {
        return System.getProperty(words[1], "").getBytes(UTF_8);
      }
      case "flags" -> {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().toString().getBytes(UTF_8);
      }
      case "pid" -> {
        return Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8);
      }
      default -> {}
    }
    return message;
  }

  /// An empty frame.
  private static byte[] frame(int kind, long id) {
    return ByteBuffer.allocate(16)
        .put(new byte[] {0, 0, 0, 0, (byte) kind, 1, 0x46, 0x4B})
        .putLong(id)
        .array();
  }

  @SuppressWarnings({"InfiniteRecursion", "UnusedReturnValue"}) // to overflow is its purpose
  private static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }

  private static void exhaust() {
    Object[] kept = {};
    while (true) {
      kept = new Object[] {kept, new long[1 << 20]};
    }
  }

  @SuppressWarnings("InfiniteLoopStatement") // to spin is its purpose
  private static void spin() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  /// Writes to the channel behind the back of its owner: it is the first socket of this process
  /// that takes bytes (the JDK keeps one that does not), before the lifeline.
  private static void write(byte[] bytes) throws Exception {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      boolean written =
          open.filter(Descriptor::isSocket)
              .map(descriptor -> Integer.valueOf(descriptor.getFileName().toString()))
              .sorted()
              .anyMatch(descriptor -> RawWrite.to(descriptor, bytes));
      if (!written) {
        throw new IllegalStateException("expected a channel, found none");
      }
    }
  }

  private static void mark(Path file) throws Exception {
    Files.writeString(file, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void await(Path file) throws Exception {
    while (!Files.exists(file)) {
      Thread.sleep(1);
    }
  }
}
