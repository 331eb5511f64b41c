package dev.forklab.fork;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/// The main class of a forked JVM: connects to the parent, then runs the class that was forked. So
/// the child ends with its parent even if it never asks for it.
final class ForkedMain {

  private ForkedMain() {}

  /// Started by [Fork] only.
  public static void main(String[] args) throws Throwable {
    if (args.length < 2) {
      throw new IllegalArgumentException("expected the arguments that Fork gives, found none");
    }
    Parent.install(ChildContext.decode(args[0]));
    run(args[1], Arrays.copyOfRange(args, 2, args.length));
  }

  private static void run(String mainClass, String[] args) throws Throwable {
    // The system's, or that of a Spring Boot jar's own loader.
    Class<?> type = Class.forName(mainClass, true, Thread.currentThread().getContextClassLoader());
    Method main = mainOf(type);
    // A handle, not an invocation by reflection: the code that this takes is in the start archive.
    MethodHandle handle = MethodHandles.lookup().unreflect(main);
    if (!Modifier.isStatic(main.getModifiers())) {
      handle = handle.bindTo(instanceOf(type));
    }
    if (main.getParameterCount() == 0) {
      handle.invoke();
    } else {
      handle.invoke(args);
    }
  }

  /// The method that `java` would start (JEP 512): with the arguments before without, the class's
  /// own before an inherited one.
  private static Method mainOf(Class<?> type) throws NoSuchMethodException {
    for (Class<?>[] parameters : List.of(new Class<?>[] {String[].class}, new Class<?>[0])) {
      for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
        for (Method method : owner.getDeclaredMethods()) {
          if (isMain(method) && Arrays.equals(method.getParameterTypes(), parameters)) {
            method.setAccessible(true);
            return method;
          }
        }
      }
    }
    throw new NoSuchMethodException(
        "expected a main method that is not private, found none in " + type.getName());
  }

  private static boolean isMain(Method method) {
    return method.getName().equals("main")
        && method.getReturnType() == void.class
        && !Modifier.isPrivate(method.getModifiers());
  }

  private static Object instanceOf(Class<?> type) throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
