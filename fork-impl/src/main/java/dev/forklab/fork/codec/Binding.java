package dev.forklab.fork.codec;

import java.lang.reflect.Proxy;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Objects that are neither scalars nor collections, through Jackson's data binding. Apart, so that
/// a process that sends only plain values never loads it.
final class Binding {

  // No default typing: a message never names a class to be made.
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Binding() {}

  static byte[] write(@Nullable Object message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("cannot be sent as JSON: " + e.getMessage(), e);
    }
  }

  static <T> T read(byte[] json, Class<T> type) throws CodecException {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new CodecException(
          "expected a message that fits " + type.getName() + ": " + e.getMessage(), e);
    }
  }

  /// An object's properties as maps, lists and scalars.
  static @Nullable Object plain(Object bean) {
    requireData(bean);
    try {
      return MAPPER.convertValue(bean, Object.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IllegalArgumentException("cannot be sent: " + e.getMessage(), e);
    }
  }

  /// A decoded message bound to a type.
  static <T> T bind(@Nullable Object plain, Class<T> type) throws CodecException {
    try {
      return MAPPER.convertValue(plain, type);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new CodecException(
          "expected a message that fits " + type.getName() + ": " + e.getMessage(), e);
    }
  }

  /// Refuses what carries behaviour rather than data, as Node refuses functions.
  static void requireData(Object value) {
    if (value.getClass().isHidden()
        || value instanceof Class<?>
        || value instanceof Thread
        || value instanceof ClassLoader
        || value instanceof AutoCloseable
        || value instanceof BaseStream<?, ?>
        || Proxy.isProxyClass(value.getClass())
        || value.getClass() == Object.class) {
      throw new IllegalArgumentException(
          "expected null, a boolean, a number, a string, a list, a map or an object with properties,"
              + " found a "
              + value.getClass().getName());
    }
  }
}
