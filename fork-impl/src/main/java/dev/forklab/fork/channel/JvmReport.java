package dev.forklab.fork.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a JVM says of itself: what it was given, as it understood it.
///
/// @param version of its JDK, with the build
/// @param collector the names of its collectors
/// @param maxHeapBytes what its heap may grow to
/// @param cpus how many CPUs it believes it has
public record JvmReport(String version, String collector, long maxHeapBytes, int cpus) {

  /// Both texts share what is left of a lifeline's answer; longer ones are cut.
  static final int BYTES = 192;

  private static final int TEXT_BYTES = (BYTES - Long.BYTES - Integer.BYTES) / 2;

  /// Of this JVM; the first call loads the management classes.
  public static JvmReport ofThisJvm() {
    return new JvmReport(
        Runtime.version().toString(),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(", ")),
        Runtime.getRuntime().maxMemory(),
        Runtime.getRuntime().availableProcessors());
  }

  void putInto(ByteBuffer buffer) {
    buffer.putLong(maxHeapBytes).putInt(cpus).put(padded(version)).put(padded(collector));
  }

  static JvmReport from(ByteBuffer buffer) {
    long maxHeapBytes = buffer.getLong();
    int cpus = buffer.getInt();
    return new JvmReport(text(buffer), text(buffer), maxHeapBytes, cpus);
  }

  private static byte[] padded(String text) {
    return Arrays.copyOf(text.getBytes(UTF_8), TEXT_BYTES);
  }

  private static String text(ByteBuffer buffer) {
    byte[] bytes = new byte[TEXT_BYTES];
    buffer.get(bytes);
    return new String(bytes, UTF_8).replace("\0", "");
  }
}
