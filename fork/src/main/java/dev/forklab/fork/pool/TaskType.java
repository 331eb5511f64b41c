package dev.forklab.fork.pool;

import dev.forklab.fork.codec.ValueCodec;
import dev.forklab.fork.data.Serialization;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/// A task's class, and how its requests and replies travel: the same at both ends.
///
/// @param name the class's binary name
record TaskType(String name, ValueCodec requests, ValueCodec replies) {

  /// @throws IllegalArgumentException if a worker could make no object of the class
  static TaskType of(Class<?> task, Serialization serialization) {
    requireMakeable(task);
    Type[] types = parameters(task);
    return new TaskType(
        task.getName(),
        ValueCodec.of(types[0], serialization),
        ValueCodec.of(types[1], serialization));
  }

  private static void requireMakeable(Class<?> task) {
    boolean makeable =
        Task.class.isAssignableFrom(task)
            && Modifier.isPublic(task.getModifiers())
            && !Modifier.isAbstract(task.getModifiers())
            && Arrays.stream(task.getConstructors())
                .anyMatch(made -> made.getParameterCount() == 0);
    if (!makeable) {
      throw new IllegalArgumentException(
          "expected a public class (static, if it is nested) that implements Task and has a public"
              + " constructor without parameters, for a worker makes it by its name; found "
              + task.getName());
    }
  }

  /// What the class names as its request and its reply. Jackson, which would have to be loaded, is
  /// asked only where the answer is not plain to see.
  private static Type[] parameters(Class<?> task) {
    return Arrays.stream(task.getGenericInterfaces())
        .filter(ParameterizedType.class::isInstance)
        .map(ParameterizedType.class::cast)
        .filter(type -> type.getRawType() == Task.class)
        .map(ParameterizedType::getActualTypeArguments)
        .filter(types -> Arrays.stream(types).allMatch(Class.class::isInstance))
        .findFirst()
        .orElseGet(() -> Resolved.parameters(task));
  }

  /// Apart, so that Jackson's data binding is loaded only when it is needed.
  private static final class Resolved {

    static Type[] parameters(Class<?> task) {
      JavaType[] found =
          TypeFactory.createDefaultInstance().constructType(task).findTypeParameters(Task.class);
      return found.length == 2
          ? Arrays.stream(found).map(Resolved::plain).toArray(Type[]::new)
          : new Type[] {Object.class, Object.class};
    }

    private static Type plain(JavaType type) {
      return type.getRawClass() == byte[].class ? byte[].class : type;
    }
  }
}
