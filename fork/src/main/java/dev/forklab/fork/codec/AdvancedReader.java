package dev.forklab.fork.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Reads one message in the [AdvancedFormat]. Every count is checked against the bytes that are
/// there before anything is made for it, so a message never takes more than a small multiple of its
/// bytes. Nor does it take more than a small multiple of the time: what is hashed as it is read has
/// no references, by which a few bytes could spell a structure without end, and of what is hashed
/// alike and has no order among itself (lists, say) only so much is taken as a table can tell apart
/// in a time that goes with the message's bytes.
@SuppressWarnings("JavaUtilDate") // Users send what they have.
final class AdvancedReader {

  private static final int MAX_SCALE = 1 << 16;

  /// How many bytes may be hashed or compared for each of the message. A set of all points of a
  /// square, as lists of two numbers, takes 48 when it is as large as a frame may be.
  static final int WORK_PER_BYTE = 64;

  /// What a short message may take in any case.
  private static final long FREE_WORK_BYTES = 1 << 20;

  private final ByteBuffer in;
  private long workLeftBytes;
  private final List<Object> begun = new ArrayList<>();
  private int nesting;
  // How many sets and map keys the value that is read lies in.
  private int hashing;

  AdvancedReader(ByteBuffer in) {
    this.in = in;
    this.workLeftBytes = FREE_WORK_BYTES + (long) WORK_PER_BYTE * in.remaining();
  }

  @Nullable Object read() throws CodecException {
    try {
      return readValue();
    } catch (BufferUnderflowException e) {
      throw new CodecException("expected a value, found half of one", e);
    } catch (DateTimeException | NumberFormatException e) {
      throw new CodecException("expected a value in its range: " + e.getMessage(), e);
    }
  }

  void requireEnd() throws CodecException {
    if (in.hasRemaining()) {
      throw new CodecException("expected the end, found " + in.remaining() + " more bytes");
    }
  }

  private @Nullable Object readValue() throws CodecException {
    byte tag = in.get();
    return switch (tag) {
      case AdvancedFormat.NULL -> null;
      case AdvancedFormat.TRUE -> true;
      case AdvancedFormat.FALSE -> false;
      case AdvancedFormat.INT -> in.getInt();
      case AdvancedFormat.LONG -> in.getLong();
      case AdvancedFormat.DOUBLE -> in.getDouble();
      case AdvancedFormat.STRING -> new String(readBytes(), StandardCharsets.UTF_8);
      case AdvancedFormat.UTF_16 -> readUtf16();
      case AdvancedFormat.BYTES -> readBytes();
      case AdvancedFormat.BIG_INTEGER -> new BigInteger(readBytes());
      case AdvancedFormat.BIG_DECIMAL -> readBigDecimal();
      case AdvancedFormat.INSTANT -> Instant.ofEpochSecond(in.getLong(), in.getInt());
      case AdvancedFormat.DATE -> new Date(in.getLong());
      case AdvancedFormat.ERROR -> Thrown.decode(readBytes()).toThrowable();
      case AdvancedFormat.LIST -> readAll(new ArrayList<>());
      case AdvancedFormat.SET -> readSet();
      case AdvancedFormat.MAP -> readMap();
      case AdvancedFormat.BOOLEANS -> readBooleans();
      case AdvancedFormat.SHORTS ->
          readItems(Short.BYTES, short[]::new, (b, to) -> b.asShortBuffer().get(to));
      case AdvancedFormat.CHARS ->
          readItems(Character.BYTES, char[]::new, (b, to) -> b.asCharBuffer().get(to));
      case AdvancedFormat.INTS ->
          readItems(Integer.BYTES, int[]::new, (b, to) -> b.asIntBuffer().get(to));
      case AdvancedFormat.LONGS ->
          readItems(Long.BYTES, long[]::new, (b, to) -> b.asLongBuffer().get(to));
      case AdvancedFormat.FLOATS ->
          readItems(Float.BYTES, float[]::new, (b, to) -> b.asFloatBuffer().get(to));
      case AdvancedFormat.DOUBLES ->
          readItems(Double.BYTES, double[]::new, (b, to) -> b.asDoubleBuffer().get(to));
      case AdvancedFormat.REFERENCE -> readReference();
      default -> throw new CodecException("expected the tag of a value, found " + tag);
    };
  }

  private byte[] readBytes() throws CodecException {
    byte[] bytes = new byte[count()];
    in.get(bytes);
    return bytes;
  }

  private boolean[] readBooleans() throws CodecException {
    boolean[] items = new boolean[count()];
    for (int i = 0; i < items.length; i++) {
      items[i] = in.get() != 0;
    }
    return items;
  }

  private <A> A readItems(int itemBytes, IntFunction<A> make, BiConsumer<ByteBuffer, A> get)
      throws CodecException {
    int count = count(itemBytes);
    A items = make.apply(count);
    get.accept(in.slice(in.position(), count * itemBytes), items);
    in.position(in.position() + count * itemBytes);
    return items;
  }

  private String readUtf16() throws CodecException {
    char[] chars = new char[count() / Character.BYTES];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = in.getChar();
    }
    return new String(chars);
  }

  private BigDecimal readBigDecimal() throws CodecException {
    int scale = in.getInt();
    if (Math.abs((long) scale) > MAX_SCALE) {
      throw new CodecException("expected a scale of at most " + MAX_SCALE + ", found " + scale);
    }
    return new BigDecimal(new BigInteger(readBytes()), scale);
  }

  private int count() throws CodecException {
    return count(1);
  }

  private int count(int itemBytes) throws CodecException {
    int count = in.getInt();
    int most = in.remaining() / itemBytes;
    if (count < 0 || count > most) {
      throw new CodecException("expected a count of 0 to " + most + ", found " + count);
    }
    return count;
  }

  private Collection<@Nullable Object> readAll(Collection<@Nullable Object> items)
      throws CodecException {
    begin(items);
    for (int left = count(); left > 0; left--) {
      items.add(readValue());
    }
    nesting--;
    return items;
  }

  private Collection<@Nullable Object> readSet() throws CodecException {
    Collection<@Nullable Object> items = new LinkedHashSet<>();
    Hashed hashed = new Hashed(items);
    begin(items);
    for (int left = count(); left > 0; left--) {
      items.add(readHashed(hashed));
    }
    nesting--;
    return items;
  }

  private @Nullable Object readHashed(Hashed hashed) throws CodecException {
    int begin = in.position();
    hashing++;
    Object item = readValue();
    hashing--;
    hashed.add(item, in.position() - begin);
    return item;
  }

  /// What a set or a map's keys cost to be told apart: those of one hash are compared with each
  /// other, unless they have an order.
  private final class Hashed {
    private final Collection<@Nullable Object> items;
    private @Nullable Class<?> only;
    // How many there are of each hash; null while all are of one class that has an order.
    private @Nullable Map<Integer, Integer> counts;

    /// @param items those that there are already
    Hashed(Collection<@Nullable Object> items) {
      this.items = items;
    }

    void add(@Nullable Object item, int bytes) throws CodecException {
      if (counts == null && isOrdered(item)) {
        return;
      }
      Map<Integer, Integer> found = counts;
      if (found == null) {
        found = new HashMap<>();
        for (Object earlier : items) {
          found.merge(Objects.hashCode(earlier), 1, Integer::sum);
        }
        counts = found;
      }
      int same = found.merge(Objects.hashCode(item), 1, Integer::sum);
      workLeftBytes -= same * weightOf(item, bytes);
      if (workLeftBytes < 0) {
        throw new CodecException(
            "expected a set's items and a map's keys that differ in their hashes, found %s of one"
                .formatted(same));
      }
    }

    private boolean isOrdered(@Nullable Object item) {
      if (item instanceof Comparable && !(item instanceof BigDecimal) && only == null) {
        only = item.getClass();
      }
      return item == null || item.getClass() == only;
    }
  }

  /// To compare two decimals of different scales, one is written out.
  private static long weightOf(@Nullable Object item, int bytes) {
    return bytes + (item instanceof BigDecimal decimal ? Math.abs((long) decimal.scale()) : 0);
  }

  private Map<@Nullable Object, @Nullable Object> readMap() throws CodecException {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    Hashed hashed = new Hashed(map.keySet());
    begin(map);
    for (int left = count(); left > 0; left--) {
      map.put(readHashed(hashed), readValue());
    }
    nesting--;
    return map;
  }

  private void begin(Object container) throws CodecException {
    begun.add(container);
    if (++nesting > AdvancedFormat.MAX_NESTING) {
      throw new CodecException(
          "expected at most " + AdvancedFormat.MAX_NESTING + " levels of nesting, found more");
    }
  }

  private Object readReference() throws CodecException {
    int index = in.getInt();
    if (hashing > 0) {
      throw new CodecException(
          "expected a set's items and a map's keys without references, found one to " + index);
    }
    if (index < 0 || index >= begun.size()) {
      throw new CodecException(
          "expected a reference to one of " + begun.size() + " containers, found " + index);
    }
    return begun.get(index);
  }
}
