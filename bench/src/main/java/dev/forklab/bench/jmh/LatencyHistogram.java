package dev.forklab.bench.jmh;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.util.Statistics;

/// JMH's sampled times of one slice as an HdrHistogram.
final class LatencyHistogram {

  private static final int SIGNIFICANT_DIGITS = 3;

  private LatencyHistogram() {}

  /// The histogram, compressed (V2) and in base64.
  ///
  /// @param samples times in nanoseconds with their counts
  static String of(Statistics samples) {
    Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
    Iterator<Map.Entry<Double, Long>> raw = samples.getRawData();
    while (raw.hasNext()) {
      Map.Entry<Double, Long> entry = raw.next();
      histogram.recordValueWithCount(Math.round(entry.getKey()), entry.getValue());
    }
    return encode(histogram);
  }

  /// The same of plain times in nanoseconds.
  static String of(List<Long> nanos) {
    Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
    nanos.forEach(histogram::recordValue);
    return encode(histogram);
  }

  /// A histogram, compressed (V2) and in base64.
  static String encode(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer, Deflater.DEFAULT_COMPRESSION);
    byte[] bytes = new byte[length];
    buffer.flip().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
