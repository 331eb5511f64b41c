package dev.forklab.fork.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/// The types of a sealed interface or class say which they are: they travel with a property `type`,
/// their simple name. Only names that the sealed type permits are read. A class that says otherwise
/// by Jackson's own annotation, or has a component `type` itself, is left alone.
final class SealedTypes extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  private static final String PROPERTY = "type";
  private static final Set<String> OWN = Set.of(PROPERTY, "getType");

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    JsonTypeInfo.Value said = super.findPolymorphicTypeInfo(config, annotated);
    if (said != null || !(annotated instanceof AnnotatedClass)) {
      return said;
    }
    Class<?> type = annotated.getRawType();
    return Enum.class.isAssignableFrom(type) || hasOwn(type) || !isOfSealed(type)
        ? null
        : JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.SIMPLE_NAME,
            JsonTypeInfo.As.PROPERTY,
            PROPERTY,
            null,
            false,
            false,
            true);
  }

  /// Whether a type, or one that it extends, is sealed. Those of the JDK are scalars to Jackson.
  private static boolean isOfSealed(@Nullable Class<?> type) {
    return type != null
        && type.getClassLoader() != null
        && (type.isSealed()
            || isOfSealed(type.getSuperclass())
            || Stream.of(type.getInterfaces()).anyMatch(SealedTypes::isOfSealed));
  }

  private static boolean hasOwn(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .anyMatch(method -> OWN.contains(method.getName()));
  }
}
