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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one message in the [AdvancedFormat]. Every count is checked against the bytes that are
/// there before anything is made for it, so a message never takes more than a small multiple of its
/// bytes. Nor does it take more than a small multiple of the time: what is hashed as it is read has
/// no references, by which a few bytes could spell a structure without end.
@SuppressWarnings("JavaUtilDate") // Users send what they have.
final class AdvancedReader {

  private static final int MAX_SCALE = 1 << 16;

  private final ByteBuffer in;
  private final List<Object> begun = new ArrayList<>();
  private int nesting;
  // How many sets and map keys the value that is read lies in.
  private int hashing;

  AdvancedReader(ByteBuffer in) {
    this.in = in;
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
      case AdvancedFormat.REFERENCE -> readReference();
      default -> throw new CodecException("expected the tag of a value, found " + tag);
    };
  }

  private byte[] readBytes() throws CodecException {
    byte[] bytes = new byte[count()];
    in.get(bytes);
    return bytes;
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
    int count = in.getInt();
    if (count < 0 || count > in.remaining()) {
      throw new CodecException("expected a count of 0 to " + in.remaining() + ", found " + count);
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
    hashing++;
    Collection<@Nullable Object> items = readAll(new LinkedHashSet<>());
    hashing--;
    return items;
  }

  private Map<@Nullable Object, @Nullable Object> readMap() throws CodecException {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    begin(map);
    for (int left = count(); left > 0; left--) {
      hashing++;
      Object key = readValue();
      hashing--;
      map.put(key, readValue());
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
