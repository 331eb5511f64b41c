package dev.forklab.fork.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes one message in the [AdvancedFormat].
@SuppressWarnings("JavaUtilDate") // Users send what they have.
final class AdvancedWriter {

  /// So many keys, all of one hash, take the reader no longer than it has for their bytes.
  private static final int SURELY_FEW_KEYS = AdvancedReader.WORK_PER_BYTE;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final IdentityHashMap<Object, Integer> begun = new IdentityHashMap<>();
  private int begunCount;
  private int nesting;
  // How many sets and map keys the value that is written lies in.
  private int hashing;
  private boolean mayBeRefused;

  void write(@Nullable Object value) {
    try {
      writeValue(value);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to an array does not fail", e);
    }
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  /// Whether the reader may find that it takes too long to tell the keys of a set or a map apart.
  boolean mayBeRefused() {
    return mayBeRefused;
  }

  /// What most messages are made of, in a chain, as numbers below: a switch over types spins
  /// classes at run time that no start archive holds ([JsonStreams]).
  @SuppressWarnings("IfChainToSwitch") // As said.
  private void writeValue(@Nullable Object value) throws IOException {
    if (value == null) {
      out.writeByte(AdvancedFormat.NULL);
    } else if (value instanceof Boolean bool) {
      out.writeByte(bool ? AdvancedFormat.TRUE : AdvancedFormat.FALSE);
    } else if (value instanceof Number number) {
      writeNumber(number);
    } else if (value instanceof CharSequence text) {
      writeText(text.toString());
    } else if (value instanceof byte[] binary) {
      out.writeByte(AdvancedFormat.BYTES);
      writeBytes(binary);
    } else if (value instanceof List<?> items) {
      writeList(items, items);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map);
    } else {
      writeOther(value);
    }
  }

  private void writeOther(Object value) throws IOException {
    switch (value) {
      case Instant instant -> {
        out.writeByte(AdvancedFormat.INSTANT);
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
      }
      case Date date -> {
        out.writeByte(AdvancedFormat.DATE);
        out.writeLong(date.getTime());
      }
      case Throwable error -> {
        out.writeByte(AdvancedFormat.ERROR);
        writeBytes(Thrown.of(error).encode());
      }
      case boolean[] items -> {
        begin(AdvancedFormat.BOOLEANS, items.length);
        for (boolean item : items) {
          out.writeBoolean(item);
        }
      }
      case short[] items ->
          writeItems(
              AdvancedFormat.SHORTS,
              items.length,
              Short.BYTES,
              to -> to.asShortBuffer().put(items));
      case char[] items ->
          writeItems(
              AdvancedFormat.CHARS,
              items.length,
              Character.BYTES,
              to -> to.asCharBuffer().put(items));
      case int[] items ->
          writeItems(
              AdvancedFormat.INTS, items.length, Integer.BYTES, to -> to.asIntBuffer().put(items));
      case long[] items ->
          writeItems(
              AdvancedFormat.LONGS, items.length, Long.BYTES, to -> to.asLongBuffer().put(items));
      case float[] items ->
          writeItems(
              AdvancedFormat.FLOATS,
              items.length,
              Float.BYTES,
              to -> to.asFloatBuffer().put(items));
      case double[] items ->
          writeItems(
              AdvancedFormat.DOUBLES,
              items.length,
              Double.BYTES,
              to -> to.asDoubleBuffer().put(items));
      case Object[] items -> writeList(items, Arrays.asList(items));
      case Set<?> items -> writeSet(items);
      case Collection<?> items -> writeList(items, items);
      default -> writeValue(Binding.plain(value));
    }
  }

  private void begin(byte tag, int count) throws IOException {
    out.writeByte(tag);
    out.writeInt(count);
  }

  private void writeItems(byte tag, int count, int itemBytes, Consumer<ByteBuffer> put)
      throws IOException {
    begin(tag, count);
    ByteBuffer items = ByteBuffer.allocate(Math.multiplyExact(count, itemBytes));
    put.accept(items);
    out.write(items.array());
  }

  @SuppressWarnings("IfChainToSwitch") // As above.
  private void writeNumber(Number number) throws IOException {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      writeInt(number.intValue());
    } else if (number instanceof Long l) {
      out.writeByte(AdvancedFormat.LONG);
      out.writeLong(l);
    } else if (number instanceof Float || number instanceof Double) {
      writeDouble(number.doubleValue());
    } else if (number instanceof BigInteger big) {
      out.writeByte(AdvancedFormat.BIG_INTEGER);
      writeBytes(big.toByteArray());
    } else if (number instanceof BigDecimal big) {
      out.writeByte(AdvancedFormat.BIG_DECIMAL);
      out.writeInt(big.scale());
      writeBytes(big.unscaledValue().toByteArray());
    } else {
      writeValue(Binding.plain(number));
    }
  }

  private void writeText(String text) throws IOException {
    if (!hasHalf(text)) {
      out.writeByte(AdvancedFormat.STRING);
      writeBytes(text.getBytes(StandardCharsets.UTF_8));
    } else {
      out.writeByte(AdvancedFormat.UTF_16);
      out.writeInt(text.length() * Character.BYTES);
      out.writeChars(text);
    }
  }

  /// Half of a surrogate pair without the other.
  static boolean hasHalf(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        if (Character.charCount(text.codePointAt(at)) == 1) {
          return true;
        }
        at++;
      }
    }
    return false;
  }

  private void writeInt(int value) throws IOException {
    out.writeByte(AdvancedFormat.INT);
    out.writeInt(value);
  }

  private void writeDouble(double value) throws IOException {
    out.writeByte(AdvancedFormat.DOUBLE);
    out.writeDouble(value);
  }

  private void writeBytes(byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }

  private void writeList(Object list, Collection<?> items) throws IOException {
    if (begin(list, AdvancedFormat.LIST, items.size())) {
      writeItems(items);
    }
  }

  private void writeItems(Collection<?> items) throws IOException {
    for (Object item : items) {
      writeValue(item);
    }
    nesting--;
  }

  private void writeSet(Set<?> items) throws IOException {
    if (begin(items, AdvancedFormat.SET, items.size())) {
      noteKeys(items);
      hashing++;
      writeItems(items);
      hashing--;
    }
  }

  private void noteKeys(Set<?> keys) {
    mayBeRefused |= hashing > 0 || (keys.size() > SURELY_FEW_KEYS && !haveOrder(keys));
  }

  private static boolean haveOrder(Set<?> keys) {
    Class<?> first = null;
    for (Object key : keys) {
      if (key == null || (first != null && key.getClass() != first)) {
        return false;
      }
      first = key.getClass();
    }
    return first == String.class || first == Integer.class || first == Long.class;
  }

  private void writeMap(Map<?, ?> map) throws IOException {
    if (!begin(map, AdvancedFormat.MAP, map.size())) {
      return;
    }
    noteKeys(map.keySet());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      hashing++;
      writeValue(entry.getKey());
      hashing--;
      writeValue(entry.getValue());
    }
    nesting--;
  }

  /// Writes the head of a container, or a reference if it has begun before and is not hashed.
  private boolean begin(Object container, byte tag, int count) throws IOException {
    Integer index = begun.putIfAbsent(container, begunCount);
    if (index != null && hashing == 0) {
      out.writeByte(AdvancedFormat.REFERENCE);
      out.writeInt(index);
      return false;
    }
    begunCount++;
    if (++nesting > AdvancedFormat.MAX_NESTING) {
      throw new IllegalArgumentException(
          "expected at most " + AdvancedFormat.MAX_NESTING + " levels of nesting, found more");
    }
    begin(tag, count);
    return true;
  }
}
