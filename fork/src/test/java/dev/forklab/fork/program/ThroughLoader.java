package dev.forklab.fork.program;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/// Runs a program as build tools do: in a class loader of its own, whose classes the JVM's class
/// path does not have. Arguments: the main class, then its jars.
public final class ThroughLoader {

  private ThroughLoader() {}

  public static void main(String[] args) throws Exception {
    URL[] jars = new URL[args.length - 1];
    for (int i = 0; i < jars.length; i++) {
      jars[i] = Path.of(args[i + 1]).toUri().toURL();
    }
    try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      loader
          .loadClass(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }
}
