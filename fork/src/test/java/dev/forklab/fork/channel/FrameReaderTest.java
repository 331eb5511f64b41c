package dev.forklab.fork.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

  private static final int MAX_BODY = 1 << 16;

  private static byte[] bytesOf(Frame frame) {
    Outgoing outgoing = new Outgoing(frame, Written.ignored());
    ByteBuffer buffer = ByteBuffer.allocate((int) outgoing.bytes());
    assertThat(outgoing.copyInto(buffer)).isTrue();
    return buffer.array();
  }

  private static Frame randomFrame(SplittableRandom random) {
    byte[] body = new byte[random.nextInt(random.nextBoolean() ? 3 : 5000)];
    random.nextBytes(body);
    FrameKind[] kinds = FrameKind.values();
    return new Frame(kinds[random.nextInt(kinds.length)], random.nextLong(), body);
  }

  private static void assertSame(List<Frame> found, List<Frame> expected, long seed) {
    assertThat(found).as("seed %d", seed).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).kind()).as("seed %d", seed).isEqualTo(expected.get(i).kind());
      assertThat(found.get(i).id()).as("seed %d", seed).isEqualTo(expected.get(i).id());
      assertThat(found.get(i).body()).as("seed %d", seed).isEqualTo(expected.get(i).body());
    }
  }

  @Test
  void framesComeOutWholeAndInOrderWhereverTheBytesAreCut() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Frame> sent = new ArrayList<>();
      ByteBuffer wire = ByteBuffer.allocate(1 << 20);
      for (int i = random.nextInt(40); i >= 0; i--) {
        Frame frame = randomFrame(random);
        sent.add(frame);
        wire.put(bytesOf(frame));
      }
      wire.flip();
      FrameReader reader = new FrameReader(MAX_BODY);
      List<Frame> found = new ArrayList<>();
      while (wire.hasRemaining()) {
        int size = Math.min(wire.remaining(), 1 + random.nextInt(random.nextBoolean() ? 7 : 9000));
        reader.feed(wire.slice(wire.position(), size), found::add);
        wire.position(wire.position() + size);
      }
      assertSame(found, sent, seed);
      assertThat(reader.missingBytes()).isZero();
    }
  }

  @Test
  void anyBytesEndInFramesOrInOneNamedError() {
    for (long seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes =
          random.nextBoolean() ? new byte[random.nextInt(200)] : bytesOf(randomFrame(random));
      for (int flips = 1 + random.nextInt(8); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(Math.min(bytes.length, 40))] = (byte) random.nextInt();
      }
      FrameReader reader = new FrameReader(MAX_BODY);
      try {
        reader.feed(
            ByteBuffer.wrap(bytes),
            frame -> assertThat(frame.body()).hasSizeLessThanOrEqualTo(MAX_BODY));
        assertThat(reader.missingBytes()).as("seed %d", seed).isLessThanOrEqualTo(MAX_BODY);
      } catch (FrameException e) {
        assertThat(e.reason()).as("seed %d", seed).isNotNull();
      }
    }
  }

  @Test
  void aLengthBeyondTheBoundIsRefusedBeforeAnythingIsAllocated() {
    ByteBuffer header = FrameLayout.newHeader();
    FrameLayout.putHeader(header, Frame.bare(FrameKind.MESSAGE, 0));
    header.putInt(0, -1);
    assertThatThrownBy(() -> new FrameReader(MAX_BODY).feed(header.flip(), _ -> {}))
        .isInstanceOfSatisfying(
            FrameException.class,
            e -> assertThat(e.reason()).isEqualTo(FrameException.Reason.TOO_LONG))
        .hasMessageContaining("4294967295");
  }

  @Test
  void aHeaderAloneTakesNoMoreMemoryThanAUsualFrame() throws Exception {
    var memory =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    for (int length : new int[] {FrameReader.FIRST_BYTES + 1, 100 << 20, Integer.MAX_VALUE}) {
      ByteBuffer header = FrameLayout.newHeader();
      FrameLayout.putHeader(header, Frame.bare(FrameKind.MESSAGE, 0));
      header.putInt(0, length);
      FrameReader reader = new FrameReader(Integer.MAX_VALUE);
      long before = memory.getCurrentThreadAllocatedBytes();
      reader.feed(header.flip(), _ -> {});
      assertThat(memory.getCurrentThreadAllocatedBytes() - before)
          .as("%d bytes", length)
          .isLessThan(FrameReader.FIRST_BYTES + 100_000L);
      assertThat(reader.missingBytes()).isEqualTo(length);
    }
  }

  @Test
  void aBodyThatOutgrowsItsFirstPieceIsWhole() throws Exception {
    for (int size : new int[] {(1 << 20) + 1, (8 << 20) - 1, 8 << 20, (8 << 20) + 1, 20 << 20}) {
      byte[] body = new byte[size];
      new SplittableRandom(size).nextBytes(body);
      List<Frame> found = new ArrayList<>();
      ByteBuffer wire = ByteBuffer.wrap(bytesOf(new Frame(FrameKind.BYTES, 3, body)));
      FrameReader reader = new FrameReader(32 << 20);
      while (wire.hasRemaining()) {
        int count = Math.min(wire.remaining(), 256 << 10);
        reader.feed(wire.slice(wire.position(), count), found::add);
        wire.position(wire.position() + count);
      }
      assertThat(found).hasSize(1);
      assertThat(java.util.Arrays.equals(found.getFirst().body(), body)).isTrue();
    }
  }

  @Test
  void theLayoutOfAHeaderIsFixed() {
    byte[] bytes = bytesOf(new Frame(FrameKind.TASK, 0x0102030405060708L, new byte[] {9}));
    assertThat(bytes).containsExactly(0, 0, 0, 1, 4, 1, 0x46, 0x4B, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void aFrameOf40MegabytesInPiecesOf100BytesIsReadInOnePass() throws Exception {
    // 420,000 pieces: a reader that looked at all before each would need hours.
    Frame large = new Frame(FrameKind.MESSAGE, 1, new byte[42_000_000]);
    large.body()[41_999_999] = 7;
    ByteBuffer wire = ByteBuffer.wrap(bytesOf(large));
    FrameReader reader = new FrameReader(64 << 20);
    List<Frame> found = new ArrayList<>();
    while (wire.hasRemaining()) {
      int size = Math.min(wire.remaining(), 100);
      reader.feed(wire.slice(wire.position(), size), found::add);
      wire.position(wire.position() + size);
    }
    assertThat(found)
        .singleElement()
        .satisfies(
            frame -> assertThat(java.util.Arrays.equals(frame.body(), large.body())).isTrue());
  }

  @Test
  void garbageNeverTakesMoreMemoryThanTheBound() {
    var memory =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[4096];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        System.arraycopy(bytesOf(new Frame(FrameKind.MESSAGE, 0, new byte[9])), 0, bytes, 0, 16);
        ByteBuffer.wrap(bytes).putInt(0, random.nextInt()); // A header with a made-up length.
      }
      FrameReader reader = new FrameReader(MAX_BODY);
      long before = memory.getCurrentThreadAllocatedBytes();
      try {
        reader.feed(ByteBuffer.wrap(bytes), _ -> {});
      } catch (FrameException e) {
        assertThat(e.reason()).isNotNull();
      }
      assertThat(memory.getCurrentThreadAllocatedBytes() - before)
          .as("seed %d", seed)
          .isLessThan(2L * MAX_BODY);
    }
  }
}
