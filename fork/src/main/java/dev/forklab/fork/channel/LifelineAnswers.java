package dev.forklab.fork.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.data.HeapUse;
import dev.forklab.fork.data.HeapWork;
import dev.forklab.fork.data.JvmReport;
import dev.forklab.fork.data.MessageWork;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What a child answers over its lifeline, as bytes: fields of fixed length, in the order of each
/// record's components, but for texts, which come last.
final class LifelineAnswers {

  /// Of every answer, as many as the longest has, so that one that comes late can be skipped
  /// whatever was asked.
  static final int BYTES = 192;

  /// Both texts of a [JvmReport] share what is left; longer ones are cut.
  private static final int TEXT_BYTES = (BYTES - Long.BYTES - Integer.BYTES) / 2;

  private LifelineAnswers() {}

  static void put(HeapUse heap, ByteBuffer buffer) {
    buffer.putLong(heap.usedBytes()).putLong(heap.committedBytes()).putLong(heap.maxBytes());
  }

  static HeapUse heapUse(ByteBuffer buffer) {
    return new HeapUse(buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  static void put(HeapWork work, ByteBuffer buffer) {
    buffer.putLong(work.collections()).putLong(work.collectionMillis());
    buffer.putLong(work.allocatedBytes());
  }

  static HeapWork heapWork(ByteBuffer buffer) {
    return new HeapWork(buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  static void put(MessageWork work, ByteBuffer buffer) {
    buffer.putLong(work.encodeNanos()).putLong(work.writeNanos()).putLong(work.readNanos());
    buffer.putLong(work.decodeNanos()).putLong(work.taskNanos());
  }

  static MessageWork messageWork(ByteBuffer buffer) {
    return new MessageWork(
        buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  static void put(JvmReport jvm, ByteBuffer buffer) {
    buffer.putLong(jvm.maxHeapBytes()).putInt(jvm.cpus());
    buffer.put(padded(jvm.version())).put(padded(jvm.collector()));
  }

  static JvmReport jvm(ByteBuffer buffer) {
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
