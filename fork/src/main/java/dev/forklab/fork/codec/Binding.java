package dev.forklab.fork.codec;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.jdk.NumberDeserializers.DoubleDeserializer;
import tools.jackson.databind.deser.jdk.NumberDeserializers.FloatDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;

/// Objects that are neither scalars nor collections, through Jackson's data binding. Apart, so that
/// a process that sends only plain values never loads it.
final class Binding {

  // No default typing: a message never names a class to be made, but for one of a sealed type.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonRules.FACTORY)
          .annotationIntrospector(new SealedTypes())
          .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .addModule(
              new SimpleModule()
                  .setSerializerModifier(new OnlyData())
                  .setDefaultNullKeySerializer(new NullKey())
                  .addDeserializer(
                      double.class,
                      new NullIsNan<>(new DoubleDeserializer(Double.TYPE, 0.0), Double.NaN, 0.0))
                  .addDeserializer(
                      float.class,
                      new NullIsNan<>(new FloatDeserializer(Float.TYPE, 0f), Float.NaN, 0f)))
          .build();

  private static final JsonMapper EXACT =
      MAPPER
          .rebuild()
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /// Holds everything within a message to [#requireData].
  private static final class OnlyData extends ValueSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifySerializer(
        SerializationConfig config,
        BeanDescription.Supplier described,
        ValueSerializer<?> serializer) {
      requireData(described.getBeanClass());
      return serializer;
    }
  }

  /// As among plain values.
  private static final class NullKey extends ValueSerializer<Object> {

    @Override
    public void serialize(Object value, JsonGenerator out, SerializationContext context) {
      out.writeName("null");
    }
  }

  /// What is null since it was not finite is read by a component that cannot be null.
  private static final class NullIsNan<T> extends ValueDeserializer<T> {

    private final ValueDeserializer<T> usual;
    private final T nan;
    private final T zero;

    NullIsNan(ValueDeserializer<T> usual, T nan, T zero) {
      this.usual = usual;
      this.nan = nan;
      this.zero = zero;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) {
      return usual.deserialize(in, context);
    }

    @Override
    public T getNullValue(DeserializationContext context) {
      return nan;
    }

    @Override
    public T getAbsentValue(DeserializationContext context) {
      return zero;
    }
  }

  private Binding() {}

  /// Writes an object amid others, or alone.
  static void write(JsonGenerator out, @Nullable Object value) {
    MAPPER.writeValue(new JsonRules(out), value);
  }

  static byte[] write(@Nullable Object message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
      write(out, message);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("cannot be sent as JSON: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  static Object read(byte[] json, Type type, boolean exact) throws CodecException {
    JsonMapper mapper = exact ? EXACT : MAPPER;
    try {
      return mapper.readValue(json, mapper.constructType(type));
    } catch (JacksonException e) {
      throw unfit(type, e);
    }
  }

  private static CodecException unfit(Type type, Exception e) {
    return new CodecException(
        "expected a message that fits " + type.getTypeName() + ": " + e.getMessage(), e);
  }

  /// An object's properties as maps, lists and scalars.
  static @Nullable Object plain(Object bean) {
    requireData(bean.getClass());
    try {
      return MAPPER.convertValue(bean, Object.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IllegalArgumentException("cannot be sent: " + e.getMessage(), e);
    }
  }

  /// A decoded message bound to a type.
  static Object bind(@Nullable Object plain, Type type, boolean exact) throws CodecException {
    JsonMapper mapper = exact ? EXACT : MAPPER;
    try {
      return mapper.convertValue(plain, mapper.constructType(type));
    } catch (JacksonException | IllegalArgumentException e) {
      throw unfit(type, e);
    }
  }

  /// Refuses what carries behavior rather than data, as Node refuses functions.
  static void requireData(Class<?> type) {
    if (type.isHidden()
        || type == Class.class
        || Thread.class.isAssignableFrom(type)
        || ClassLoader.class.isAssignableFrom(type)
        || AutoCloseable.class.isAssignableFrom(type)
        || BaseStream.class.isAssignableFrom(type)
        || Proxy.isProxyClass(type)
        || type == Object.class) {
      throw new IllegalArgumentException(
          "expected null, a boolean, a number, a string, a list, a map or an object with properties,"
              + " found a "
              + type.getName());
    }
  }
}
