package dev.forklab.fork;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;

/// The main class of a forked JVM: connects to the parent, then runs the class that was forked. So
/// the child ends with its parent even if it never asks for it.
public final class ForkedMain {

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
    Class<?> type = Class.forName(mainClass, true, ClassLoader.getSystemClassLoader());
    Method main = type.getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    // A handle, not an invocation by reflection: the code that this takes is in the start archive.
    MethodHandles.lookup().unreflect(main).invoke(args);
  }
}
