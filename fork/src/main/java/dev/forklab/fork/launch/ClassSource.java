package dev.forklab.fork.launch;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a child's JVM finds its classes: the last words for `java` itself on its command line.
sealed interface ClassSource {

  /// All of its files, as `-cp` would take them.
  String path();

  /// The words that say where the classes are.
  List<String> options();

  /// The words that name the main class, before its arguments.
  List<String> main(String mainClass);

  /// The same after this entry.
  ClassSource behind(String entry);

  /// The option that lets this library call the `main` of this class, where one is needed.
  default Optional<String> opening(String mainClass) {
    return Optional.empty();
  }

  private static String join(String first, String second) {
    return first.isEmpty() || second.isEmpty()
        ? first + second
        : first + File.pathSeparator + second;
  }

  /// A class path.
  record OnClassPath(String path) implements ClassSource {

    public OnClassPath {
      if (path.isBlank()) {
        throw new IllegalArgumentException("expected a class path, found a blank one");
      }
    }

    @Override
    public List<String> options() {
      return List.of("-cp", path);
    }

    @Override
    public List<String> main(String mainClass) {
      return List.of(mainClass);
    }

    @Override
    public ClassSource behind(String entry) {
      return new OnClassPath(join(entry, path));
    }
  }

  /// A jar with jars in it, opened by Spring Boot's own loader, which takes any main class.
  record InBootJar(String path, String launcher) implements ClassSource {

    @Override
    public List<String> options() {
      return List.of("-cp", path);
    }

    @Override
    public List<String> main(String mainClass) {
      return List.of("-Dloader.main=" + mainClass, launcher);
    }

    @Override
    public ClassSource behind(String entry) {
      return new InBootJar(join(entry, path), launcher);
    }
  }

  /// A module path, with this library in a module.
  ///
  /// @param modulePath as `--module-path` takes it
  /// @param roots the modules that are not the JDK's, with commas between
  /// @param library this library's module
  /// @param classPath what else there is; may be empty
  record OnModulePath(String modulePath, String roots, String library, String classPath)
      implements ClassSource {

    @Override
    public String path() {
      return join(modulePath, classPath);
    }

    @Override
    public List<String> options() {
      List<String> words =
          new ArrayList<>(List.of("--module-path=" + modulePath, "--add-modules=" + roots));
      if (!classPath.isEmpty()) {
        words.addAll(List.of("-cp", classPath));
      }
      return words;
    }

    @Override
    public List<String> main(String mainClass) {
      return List.of("-m", library + '/' + mainClass);
    }

    @Override
    public Optional<String> opening(String mainClass) {
      String itsPackage = mainClass.substring(0, Math.max(0, mainClass.lastIndexOf('.')));
      return ModuleLayer.boot().modules().stream()
          .filter(module -> module.getPackages().contains(itsPackage))
          .findFirst()
          .map(module -> "--add-opens=%s/%s=%s".formatted(module.getName(), itsPackage, library));
    }

    @Override
    public ClassSource behind(String entry) {
      return new OnModulePath(modulePath, roots, library, join(entry, classPath));
    }
  }
}
