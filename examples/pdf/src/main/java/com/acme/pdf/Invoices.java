package com.acme.pdf;

import dev.forklab.workload.Workload;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/// The same work as a workload for the lab: an iteration opens an invoice and draws it, small. The
/// message says which invoice comes first; the reply is a checksum of all pictures, 8 bytes.
public final class Invoices implements Workload {

  private static final int KINDS = 16;
  private static final int DPI = 10;

  private final List<byte[]> files = IntStream.range(0, KINDS).mapToObj(Invoice::of).toList();

  @Override
  public byte[] apply(byte[] message, int iterations) throws IOException {
    int first = Math.floorMod(Arrays.hashCode(message), KINDS);
    CRC32 sum = new CRC32();
    sum.update(message);
    for (int i = 0; i < iterations; i++) {
      BufferedImage picture = Preview.drawn(files.get((first + i) % KINDS), DPI);
      sum.update(((DataBufferByte) picture.getRaster().getDataBuffer()).getData());
    }
    return ByteBuffer.allocate(Long.BYTES).putLong(sum.getValue()).array();
  }
}
